import { parseArgs } from 'node:util';
import { ANKI_STATES } from './ankiconnect-answers.ts';
import { scriptedAnkiConnect } from './scripted-ankiconnect.ts';
import { MANNERS, scriptedReviewServer } from './scripted-review-server.ts';

// A review server and its Anki as a program of its own, to be stopped, frozen or killed like the real one:
//   node tests/support/review-server-program.ts --port 8000 --host 127.0.0.1 --manner ok --slow-ms 1300 --anki reviewing
// Prints its address once it listens. `--anki none` leaves Anki closed.
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    manner: { type: 'string', default: 'ok' },
    'slow-ms': { type: 'string', default: '1300' },
    anki: { type: 'string', default: 'reviewing' },
  },
});

function oneOf<Value extends string>(name: string, values: readonly Value[], given: string): Value {
  const found = values.find((value) => value === given);
  if (found === undefined) throw new Error(`--${name} is "${given}"; expected one of ${values.join(', ')}`);
  return found;
}

const state = oneOf('anki', [...ANKI_STATES, 'none'], values.anki);
const anki = await scriptedAnkiConnect(state === 'none' ? {} : { state });
if (state === 'none') await anki.stop();

const server = await scriptedReviewServer({
  host: values.host,
  port: Number(values.port),
  parts: { ankiConnectUrl: anki.url, bridgeUrl: null },
});
server.be(oneOf('manner', MANNERS, values.manner), { slowMs: Number(values['slow-ms']) });
console.log(JSON.stringify({ url: server.url, ankiConnectUrl: anki.url }));
