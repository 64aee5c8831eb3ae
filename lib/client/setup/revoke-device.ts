import { ask, REQUEST_TIMEOUT_MS, RequestFailure, readReply } from '#lib/client/request.ts';
import { doneSchema } from '#lib/contract/setup.ts';

/** Turns a paired device out. Null when it is done, else a sentence that says why not. */
export async function revokeDevice(id: string): Promise<string | null> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id }) };
  try {
    readReply(await ask('/api/devices/revoke', REQUEST_TIMEOUT_MS, post), doneSchema);
    return null;
  } catch (failure) {
    if (failure instanceof RequestFailure) return failure.message;
    throw failure;
  }
}
