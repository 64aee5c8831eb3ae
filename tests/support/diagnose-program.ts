// Run as a program: watches as Lifeline does, by the configuration in its environment, and tells by lines of JSON what is
// shown whenever that changes. Lines that it reads: `look [code] [address]` looks deep, for a complaint of the phone at that
// address; `start` starts the server.
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import type { Diagnosis } from '#lib/domain/diagnosis.ts';
import { APP_CODES, type Facts } from '#lib/domain/facts.ts';
import type { Surroundings } from '#lib/domain/remedies.ts';
import { see } from '#lib/domain/rows/scene.ts';
import { TABLE } from '#lib/domain/rows/table.ts';
import { readConfig } from '#lib/server/config.ts';
import { startServices } from '#lib/server/services.ts';

const LOOK_MS = 25;

const services = await startServices(readConfig(process.env));
const tell = (line: object): void => console.log(JSON.stringify(line));
// It is killed as a rule, and so does not come to keep for the next start what it compiled for this one.
flushCompileCache();
tell({ pid: process.pid });

let last = '';
const watching = setInterval(() => {
  const { level, diagnosis, facts, around } = services.monitor.snapshot();
  const way = facts === null || around === null ? null : wayOf(facts, around);
  const { row, cause, confidence, story, appShows } = diagnosis;
  const shown = JSON.stringify([level, row, way, cause, confidence, story, appShows]);
  if (shown === last) return;
  last = shown;
  tell({ at: Date.now(), level, way, ...told(diagnosis) });
}, LOOK_MS);

for await (const line of createInterface({ input: process.stdin })) {
  const [command, code, askedFrom = null] = line.split(' ');
  if (command === 'start') services.starter?.start();
  if (command !== 'look') continue;
  const app = APP_CODES.find((each) => String(each) === code) ?? null;
  const { diagnosis, facts, around, blind } = await services.monitor.lookDeep({ app, askedFrom });
  tell({ look: line, at: Date.now(), way: wayOf(facts, around), ...told(diagnosis), blind });
}
clearInterval(watching);
await services.close();

function told({ row, cause, confidence, story, appShows, evidence }: Diagnosis): object {
  return { row, cause, confidence, story, appShows, evidence: evidence.map(({ fact, text }) => `${fact}: ${text}`) };
}

/** By which observations a row was the first to speak; null where none was. */
function wayOf(facts: Facts, around: Surroundings): string | null {
  const scene = see(facts, around);
  return TABLE.find((row) => row.reads(scene) !== null)?.observations ?? null;
}
