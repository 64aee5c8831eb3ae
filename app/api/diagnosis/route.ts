import * as z from 'zod/mini';
import { APP_CODES } from '#lib/domain/facts.ts';
import { readDiagnosis, readReport } from '#lib/server/read-diagnosis.ts';
import { phoneOf } from '#lib/server/read-status.ts';
import { json, NO_STORE, parameter, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

const app = {
  schema: z.nullable(z.pipe(z.transform(Number), z.literal([...APP_CODES]))),
  otherwise: null,
  expected: `one of ${APP_CODES.join(', ')}`,
};
const format = { schema: z.enum(['json', 'text']), otherwise: 'json' as const, expected: 'json or text' };
const mask = { schema: z.enum(['0', '1']), otherwise: '0' as const, expected: '0 or 1' };

/** A deep look now. `app` is the code that the phone app shows; `mask` leaves out names, addresses and logins. */
export const GET = route(async (query, { headers }) => {
  const asText = parameter(query, 'format', format) === 'text';
  const asked = {
    app: parameter(query, 'app', app),
    askedFrom: phoneOf(headers),
    isMasked: parameter(query, 'mask', mask) === '1',
  };
  if (!asText) return json(await readDiagnosis(services(), asked));
  const text = await readReport(services(), asked);
  return new Response(text, { headers: { ...NO_STORE, 'content-type': 'text/plain; charset=utf-8' } });
});
