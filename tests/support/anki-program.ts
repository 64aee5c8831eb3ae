// Run as a program: Anki with AnkiConnect and the bridge add-on, at their usual ports. It reads lines of JSON such as
// `{"anki":"hung"}` (a state, or "stop") and `{"bridge":"moveOver"}` ("stop", "start"), and says when it is so.
import { createInterface } from 'node:readline';
import { ANKI_STATES } from './ankiconnect-answers.ts';
import { scriptedAnkiConnect } from './scripted-ankiconnect.ts';
import { scriptedBridge } from './scripted-bridge.ts';

const anki = await scriptedAnkiConnect({ port: 8_765 });
const bridge = await scriptedBridge({ anki, ports: [8_770, 8_771] });
console.log(JSON.stringify({ pid: process.pid }));

for await (const line of createInterface({ input: process.stdin })) {
  const wish: Readonly<Record<string, string>> = JSON.parse(line);
  const state = ANKI_STATES.find((each) => each === wish['anki']);
  if (state !== undefined) {
    anki.be(state);
    await anki.start();
  }
  if (wish['anki'] === 'stop') await anki.stop();
  if (wish['bridge'] === 'stop') await bridge.stop();
  if (wish['bridge'] === 'start') await bridge.start();
  if (wish['bridge'] === 'moveOver') await bridge.moveOver();
  console.log(JSON.stringify({ done: line }));
}
