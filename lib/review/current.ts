import * as z from 'zod/mini';
import type { Current } from '#lib/domain/anki-facts.ts';
import { type Target, TRUTH_MS } from '#lib/domain/probe.ts';
import { shortText } from '#lib/domain/short-text.ts';
import type { Told } from '#lib/domain/told.ts';
import { exchange, notAsked } from './exchange.ts';
import { parseJson } from './parse-json.ts';

/** A card's two sides as HTML, with whatever images an author has pasted into them. */
const LIMIT_BYTES = 4_194_304;

/**
 * What the review server at this target says of the current card, within 5 s: every generation's `/current` answers 200,
 * errors included. `nothing` where no such answer came, unknown where no connection could be made. Has no effect on Anki.
 * Never rejects. Source: review reference §2.1 to §2.3.
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
  if (answer.outcome === 'unsent') return notAsked(answer.code);
  return { told: answer.outcome === 'replied' && answer.status === 200 ? currentOf(answer.body) : NOTHING };
}

const NOTHING: Current = { said: 'nothing' };

const saidSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('ok'), cardId: z.number() }),
  z.object({ status: z.literal('error'), message: z.string() }),
]);

function currentOf(body: string): Current {
  const said = saidSchema.safeParse(parseJson(body));
  if (!said.success) return NOTHING;
  return said.data.status === 'ok' ? { said: 'card' } : { said: 'error', message: shortText(said.data.message) };
}
