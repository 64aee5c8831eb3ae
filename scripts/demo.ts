import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { DAY, SECOND } from '#lib/domain/time.ts';
import { BRIDGE_PORTS } from '#lib/review/bridge.ts';
import { openHistory } from '#lib/store/open-history.ts';
import { createCompany } from '#tests/support/anki-company.ts';
import { makeHistory } from '#tests/support/made-history.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { type ScriptedBridge, scriptedBridge } from '#tests/support/scripted-bridge.ts';
import { scriptedReviewServer } from '#tests/support/scripted-review-server.ts';
import { ensureBuilt } from './build.mjs';
import { ROOT, SetupError } from './project.mjs';
import { playScene, READY, type Scene, type Stage, scenesFor } from './scenes.ts';
import { addressOf, checkAddressIsFree, serverCommand } from './server-process.mjs';

const DATA_DIR = join(ROOT, 'demo-data');
/** Marks the folder as the demo's own; its time says when the history in it ended. */
const MARK = join(DATA_DIR, 'made-for-the-demo');
const FIRST_MS = 40 * SECOND;
const WELL_MS = 20 * SECOND;
const ILL_MS = 30 * SECOND;

/** Runs the app on a scripted review server with made history until it is interrupted. Resolves to the exit code. */
export async function demo(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { scene: { type: 'string' }, list: { type: 'boolean' } } });
  const scenes = scenesFor(process.platform);
  if (values.list) {
    for (const { name, story } of scenes) console.log(`${name.padEnd(18)} ${story}`);
    return 0;
  }
  const held = values.scene === undefined ? null : sceneNamed(values.scene, scenes);
  const { START_COMMAND, SERVICE_LABEL, ...env } = process.env;
  await checkAddressIsFree(addressOf(env));
  await ensureBuilt();
  await makeData();

  const stage = await setStage();
  const {
    file,
    args: flags,
    env: serverEnv,
  } = serverCommand({
    ...env,
    REVIEW_SERVER_URL: stage.server.url,
    ANKI_CONNECT_URL: stage.anki.url,
    LIFELINE_DATA_DIR: DATA_DIR,
  });
  const app = spawn(file, flags, { env: serverEnv, stdio: 'inherit' });
  const over = new AbortController();
  const end = () => {
    over.abort();
    app.kill('SIGTERM');
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  const ended = once(app, 'exit').finally(() => over.abort());
  await playAll(stage, { scenes, held, signal: over.signal });
  const [code] = await ended;
  await Promise.all([stage.server, stage.loopback, stage.anki, stage.bridge].map((actor) => actor?.stop()));
  return code ?? 0;
}

function sceneNamed(name: string, scenes: readonly Scene[]): Scene {
  const scene = scenes.find((one) => one.name === name);
  if (scene) return scene;
  throw new SetupError(`There is no scene "${name}". There are: ${scenes.map((one) => one.name).join(', ')}.`);
}

/** On Linux the phone's address is 127.0.0.2, so that a server on 127.0.0.1 only can be shown. */
async function setStage(): Promise<Stage> {
  const anki = await scriptedAnkiConnect();
  const bridge = await bridgeOf(anki);
  const parts = { ankiConnectUrl: anki.url, bridgeUrl: `http://127.0.0.1:${BRIDGE_PORTS[0]}` };
  const twoAddresses = process.platform === 'linux';
  const server = await scriptedReviewServer({ host: twoAddresses ? '127.0.0.2' : '127.0.0.1', parts });
  const loopback = twoAddresses ? await scriptedReviewServer({ port: server.port, parts }) : null;
  return { server, loopback, anki, bridge, company: createCompany(anki.desktop) };
}

/** At the ports where the app looks for it; null where real Anki or somebody else has both. */
async function bridgeOf(anki: ScriptedAnkiConnect): Promise<ScriptedBridge | null> {
  return scriptedBridge({ anki, ports: BRIDGE_PORTS }).catch(() => null);
}

type Programme = { readonly scenes: readonly Scene[]; readonly held: Scene | null; readonly signal: AbortSignal };

/** Plays scenes until the signal aborts: the held one, or each illness in turn with health between them. */
async function playAll(stage: Stage, { scenes, held, signal }: Programme): Promise<void> {
  const play = async (scene: Scene, lastsMs: number) => {
    if (signal.aborted) return;
    await playScene(scene, stage);
    console.log(`${new Date().toLocaleTimeString()}  ${scene.name}: ${scene.story}`);
    await pause(lastsMs, undefined, { signal }).catch(() => undefined);
  };
  if (held) return play(held, 7 * DAY);
  await play(READY, FIRST_MS);
  while (!signal.aborted) {
    for (const scene of scenes.filter((one) => one !== READY)) {
      await play(scene, ILL_MS);
      await play(READY, WELL_MS);
    }
  }
}

/** Makes 90 days of history that end now, unless those of less than a day ago are there. */
async function makeData(): Promise<void> {
  if (existsSync(MARK) && Date.now() - statSync(MARK).mtimeMs < DAY) return;
  if (existsSync(DATA_DIR) && !existsSync(MARK) && readdirSync(DATA_DIR).length > 0) {
    throw new SetupError(`${DATA_DIR} holds something that is not the demo's. Move it away first.`);
  }
  console.log('Making 90 days of history …');
  rmSync(DATA_DIR, { recursive: true, force: true });
  mkdirSync(DATA_DIR, { mode: 0o700 });
  const to = Date.now();
  const store = await openHistory(DATA_DIR);
  await makeHistory(store, { from: to - 90 * DAY, to, intervalMs: 5 * SECOND, seed: 1 });
  await store.close();
  writeFileSync(MARK, '');
}
