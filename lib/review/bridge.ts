import * as z from 'zod/mini';
import type { Bridge } from '#lib/domain/anki-facts.ts';
import type { Told, Unknown } from '#lib/domain/told.ts';
import { BROKEN, exchange, notAsked } from './exchange.ts';
import { parseJson } from './parse-json.ts';

/** The port of the bridge add-on, and the one it takes when that is taken. Source: review reference §2.3. */
export const BRIDGE_PORTS = [8_770, 8_771] as const;

/** Its thread answers at once, whatever Anki's window does. */
const PATIENCE_MS = 1_000;
const LIMIT_BYTES = 4_096;

/** What one port says: the bridge itself, nobody or somebody else, nothing in time; or why it could not be asked. */
type Heard = 'bridge' | 'absent' | 'silent' | Unknown;

/**
 * Where the bridge add-on answers on this machine, within 1 s a port; the second port is asked only when it is not at the
 * first. Unknown where this machine could not ask or a connection broke. Has no effect on Anki. Never rejects.
 */
export async function askBridge(ports: readonly number[] = BRIDGE_PORTS): Promise<Told<Bridge>> {
  const heard: Heard[] = [];
  for (const port of ports) {
    const here = await ping(port);
    if (here === 'bridge') return { told: { reach: 'answers', port } };
    heard.push(here);
  }
  const unknown = heard.find((here) => typeof here !== 'string');
  return unknown ?? { told: { reach: heard.includes('silent') ? 'silent' : 'refused' } };
}

const pongSchema = z.object({ ok: z.literal(true) });

async function ping(port: number): Promise<Heard> {
  const url = new URL(`http://127.0.0.1:${port}/ping`);
  const answer = await exchange({ url, patienceMs: PATIENCE_MS, limitBytes: LIMIT_BYTES });
  switch (answer.outcome) {
    case 'replied':
      return answer.status === 200 && pongSchema.safeParse(parseJson(answer.body)).success ? 'bridge' : 'absent';
    case 'refused':
    case 'not-http':
    case 'too-large':
      return 'absent';
    case 'silent':
      return 'silent';
    case 'cut':
      return BROKEN;
    case 'unsent':
      return notAsked(answer.code);
  }
}
