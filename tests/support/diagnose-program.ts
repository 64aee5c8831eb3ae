// Run as a program: watches as Lifeline does, by the configuration in its environment, and tells by lines of JSON what is
// shown whenever that changes. Lines that it reads: `look [code] [address]` looks deep, for a complaint of the phone at that
// address; `start` starts the server.
import { flushCompileCache } from 'node:module';
import { createInterface } from 'node:readline';
import type { Diagnosis } from '#lib/domain/diagnosis.ts';
import { APP_CODES } from '#lib/domain/facts.ts';
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
  const { level, diagnosis } = services.monitor.snapshot();
  const { row, cause, confidence, story, appShows } = diagnosis;
  const shown = JSON.stringify([level, row, cause, confidence, story, appShows]);
  if (shown === last) return;
  last = shown;
  tell({ at: Date.now(), level, ...told(diagnosis) });
}, LOOK_MS);

for await (const line of createInterface({ input: process.stdin })) {
  const [command, code, askedFrom = null] = line.split(' ');
  if (command === 'start') services.starter?.start();
  if (command !== 'look') continue;
  const app = APP_CODES.find((each) => String(each) === code) ?? null;
  const { diagnosis, blind } = await services.monitor.lookDeep({ app, askedFrom });
  tell({ look: line, at: Date.now(), ...told(diagnosis), blind });
}
clearInterval(watching);
await services.close();

function told({ row, cause, confidence, story, appShows, evidence }: Diagnosis): object {
  return { row, cause, confidence, story, appShows, evidence: evidence.map(({ fact, text }) => `${fact}: ${text}`) };
}
