import { healthSchema } from '#lib/contract/health.ts';
import type { Health } from '#lib/domain/health.ts';
import type { Reply } from './ask.ts';
import type { Why } from './fault.ts';

/** The keys of the health that no other program has; `server` alone proves nothing. */
const MARKS = ['anki_addon', 'ankiconnect', 'anki_running'];

/**
 * The health in a reply, or why there is none.
 *
 * `bad-body`: it is the review server, but its health cannot be read. A body that bears one of its own marks, or JSON that
 * does not parse although uvicorn, which it runs on, announced JSON. `wrong-server`: anything else.
 */
export function readHealth(reply: Reply): Health | Why {
  const health = healthSchema.safeParse(parse(reply.body));
  if (health.success) return health.data;
  return { reason: reasonOf(reply), status: 200, ...detailOf(reply) };
}

/** The JSON value of a text; undefined, which no JSON is, when it is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf({ body, type, server }: Reply): 'bad-body' | 'wrong-server' {
  if (MARKS.some((mark) => body.includes(`"${mark}"`))) return 'bad-body';
  const announced = type.startsWith('application/json') && server === 'uvicorn';
  return announced && parse(body) === undefined ? 'bad-body' : 'wrong-server';
}

const detailOf = ({ server, type }: Reply): { detail?: string } => {
  const detail = server || type;
  return detail === '' ? {} : { detail };
};
