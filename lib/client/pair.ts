import { doneSchema } from '#lib/contract/setup.ts';
import { ownLabel } from './device-kind.ts';
import { ask, REQUEST_TIMEOUT_MS, RequestFailure, readReply } from './request.ts';

/** The token in what somebody pasted: a pairing link, or the token itself. Empty where there is none. */
export function tokenIn(pasted: string): string {
  const text = pasted.trim();
  if (!/^https?:/i.test(text)) return text;
  return URL.parse(text)?.searchParams.get('token')?.trim() ?? '';
}

/** Hands the token in, so that the Mac lets this browser in from now on. Null when it is done, else a sentence that says why not. */
export async function pairPhone(token: string): Promise<string | null> {
  const body = JSON.stringify({ token, label: ownLabel() });
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
  try {
    readReply(await ask('/api/pair', REQUEST_TIMEOUT_MS, post), doneSchema);
    return null;
  } catch (failure) {
    if (failure instanceof RequestFailure) return failure.message;
    throw failure;
  }
}
