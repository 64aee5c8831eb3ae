import type * as z from 'zod/mini';
import { type doneSchema, pairRequestSchema, revokeRequestSchema } from '#lib/contract/setup.ts';
import { pairedCookie } from './access.ts';
import { log } from './log.ts';
import { mayAct } from './owner.ts';
import { cleanLabel } from './pairing-label.ts';
import { body, failure, json, tooMany } from './respond.ts';
import type { Services } from './services.ts';

/** The longest token and label, each character escaped. */
const PAIR = {
  schema: pairRequestSchema,
  limitBytes: 8_000,
  expected: 'JSON with the token and a label of the device',
};
const REVOKE = { schema: revokeRequestSchema, limitBytes: 2_000, expected: 'JSON with the id of a device' };

const DONE: z.infer<typeof doneSchema> = { done: true };

/**
 * Gives the browser a secret of its own in a cookie, or leaves it the one it has; 401 for a wrong token, 404 where no token is
 * set, 429 after many wrong ones.
 */
export async function postPair({ pairing, limits }: Services, request: Request): Promise<Response> {
  if (pairing === null) return failure(404, 'no-token', 'This Lifeline has no token, so nothing is paired with it.');
  const { token, label } = await body(request, PAIR);
  if ((pairing.passOf(request.headers)?.device ?? null) !== null) return json(DONE);
  const found = await limits.guess(request.headers, pairing.isToken(token));
  if (typeof found !== 'string') return tooMany('Too many wrong tokens.', found.waitMs);
  if (found === 'wrong') return failure(401, 'wrong-token', 'That is not the token of this Lifeline.');
  const answer = json(DONE);
  answer.headers.set('set-cookie', pairedCookie(await pairing.admit(cleanLabel(label)), request.headers));
  return answer;
}

/** Turns a paired browser out, which then gets no alerts either; 403 for whoever may not, 404 for one that is not paired, 503 where the disk would let it in again. */
export async function postRevoke({ pairing, callerOf, alerts }: Services, request: Request): Promise<Response> {
  const leave = mayAct(await callerOf(request.headers), 'admit');
  if (!leave.allowed) return failure(403, 'not-owner', leave.detail);
  const { id } = await body(request, REVOKE);
  try {
    if ((await pairing?.revoke(id)) !== true) return failure(404, 'no-such-device', 'No paired device has this id.');
  } catch (error) {
    log.error({ err: error }, 'a paired device is turned out until the next start only');
    return failure(503, 'not-kept', 'It is turned out until Lifeline starts anew: that could not be written down.');
  }
  void alerts.changed();
  return json(DONE);
}
