import type { Generation } from '#lib/domain/facts.ts';
import { PATIENCE_MS, type Target } from '#lib/domain/probe.ts';
import { alarm } from './alarm.ts';
import { ask, type Reply } from './ask.ts';
import { systemClock } from './clock.ts';
import { hostOf, openLine } from './line.ts';
import { Walk } from './walk.ts';

/**
 * Which generation of the review server answers there: `/deck-stats` came the day after its `/current` went over to
 * AnkiConnect, so its presence in `/openapi.json` tells. Null when that is not to be had in time. Never rejects. Source:
 * review reference §2.3.
 */
export async function askGeneration(target: Target): Promise<Generation | null> {
  const url = new URL('/openapi.json', target.url);
  const walk = new Walk(target, 'tcp', systemClock);
  let cancel = (): void => {};
  const late = new Promise<null>((resolve) => {
    cancel = alarm(systemClock, walk.after(PATIENCE_MS), () => resolve(null));
  });
  const reply = await Promise.race([fetchOn(walk, url, target.address ?? hostOf(url)), late]);
  cancel();
  walk.end();
  return reply === null ? null : generationOf(reply.body);
}

async function fetchOn(walk: Walk, url: URL, address: string): Promise<Reply | null> {
  const line = await openLine(walk, url, address);
  if ('reason' in line) return null;
  const reply = await ask(walk, url, line);
  return 'reason' in reply ? null : reply;
}

function generationOf(body: string): Generation | null {
  if (!body.includes('"/health"') || !body.includes('"/current"')) return null;
  return body.includes('"/deck-stats"') ? 'ankiconnect' : 'bridge';
}
