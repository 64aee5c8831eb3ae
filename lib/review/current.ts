import * as z from 'zod/mini';
import type { Current } from '#lib/domain/anki-facts.ts';
import { type Target, TRUTH_MS } from '#lib/domain/probe.ts';
import { shortText } from '#lib/domain/short-text.ts';
import type { Told } from '#lib/domain/told.ts';
import { BROKEN, type Exchange, exchange, notAsked } from './exchange.ts';
import { parseJson } from './parse-json.ts';

/** A card's two sides as HTML, with whatever images an author has pasted into them. */
const LIMIT_BYTES = 4_194_304;

/**
 * What the review server at this target says of the current card, within 5 s: every generation's `/current` answers 200,
 * errors included. `nothing` where no such answer came; unknown where no connection could be made, where it broke, and
 * where the answer is too long to be read. Has no effect on Anki. Never rejects. Source: review reference §2.1 to §2.3.
 */
export async function askCurrent({ url, address }: Target): Promise<Told<Current>> {
  const at = URL.parse('/current', url);
  if (at === null) return notAsked('ERR_INVALID_URL');
  const answer = await exchange({
    url: at,
    ...(address === undefined ? {} : { address }),
    patienceMs: TRUTH_MS,
    limitBytes: LIMIT_BYTES,
  });
  switch (answer.outcome) {
    case 'replied':
      return { told: currentOf(answer) };
    case 'not-http':
      return { told: { said: 'nothing', came: 'no-http' } };
    case 'silent':
      return answer.sent ? { told: { said: 'nothing', came: 'silence' } } : notAsked('ETIMEDOUT');
    // Whether anything listens there is told by the probe at the same address.
    case 'refused':
      return notAsked('ECONNREFUSED');
    case 'unsent':
      return notAsked(answer.code);
    case 'cut':
      return BROKEN;
    case 'too-large':
      return { why: 'unreadable', detail: 'the answer is longer than any card' };
  }
}

const saidSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('ok'), cardId: z.number() }),
  z.object({ status: z.literal('error'), message: z.string() }),
  z.object({ status: z.literal('idle') }),
]);

function currentOf({ status, body }: Extract<Exchange, { outcome: 'replied' }>): Current {
  const said = status === 200 ? saidSchema.safeParse(parseJson(body)) : null;
  switch (said?.data?.status) {
    case 'ok':
      return { said: 'card' };
    case 'idle':
      return { said: 'idle' };
    case 'error':
      return { said: 'error', message: shortText(said.data.message) };
    case undefined:
      return { said: 'nothing', came: 'answer', status };
  }
}
