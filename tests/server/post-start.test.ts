import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { POST } from '#app/api/actions/start/route.ts';
import { GET as status } from '#app/api/status/route.ts';
import { startReplySchema } from '#lib/contract/action.ts';
import { type Status, statusSchema } from '#lib/contract/status.ts';
import { listeningSockets } from '#lib/host/listeners.ts';
import { readConfig } from '#lib/server/config.ts';
import { type Services, startServices } from '#lib/server/services.ts';
import { freePort } from '#tests/support/running-app.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'lifeline-start-'));
let anki: ScriptedAnkiConnect;
let port: number;
let services: Services;

beforeAll(async () => {
  [anki, port] = await Promise.all([scriptedAnkiConnect(), freePort()]);
  const program = [process.execPath, 'tests/support/review-server-program.ts', '--port', String(port)];
  services = await startServices(
    readConfig({
      REVIEW_SERVER_URL: `http://127.0.0.1:${port}`,
      ANKI_CONNECT_URL: anki.url,
      PROBE_INTERVAL_MS: '1000',
      LIFELINE_DATA_DIR: dataDir,
      START_COMMAND: JSON.stringify(program),
      START_DIR: '.',
    }),
  );
});

afterAll(async () => {
  const sockets = await listeningSockets();
  const started = 'told' in sockets ? sockets.told.find((listener) => listener.port === port)?.pid : undefined;
  if (started !== undefined) process.kill(started, 'SIGKILL');
  await services.close();
  await anki.stop();
  rmSync(dataDir, { recursive: true });
});

const HERE = { host: '127.0.0.1:3000', 'content-type': 'application/json' };
const press = (headers: Record<string, string> = HERE, body = '{}') =>
  POST(
    new Request('http://127.0.0.1:3000/api/actions/start', {
      method: 'POST',
      headers: { 'content-length': String(body.length), ...headers },
      body,
    }),
  );
const seen = async (headers: Record<string, string> = HERE): Promise<Status> =>
  statusSchema.parse(await (await status(new Request('http://127.0.0.1:3000/api/status', { headers }))).json());

const stranger = { ...HERE, 'x-forwarded-for': '100.64.0.9', 'tailscale-user-login': 'grant@example.com' };

test('starts the server for the person at the Mac, once, and follows it until it is up', async () => {
  await expect.poll(async () => (await seen()).level, { timeout: 10_000 }).toBe('down');
  expect((await seen()).start).toMatchObject({ state: 'ready', label: 'Start server', run: null });

  const [first, second] = await Promise.all([press(), press()]);
  expect([first.status, second.status].sort()).toEqual([202, 409]);
  const begun = first.status === 202 ? first : second;
  expect(startReplySchema.parse(await begun.json()).run).toMatchObject({ outcome: null });
  expect((await seen()).start).toMatchObject({ state: 'busy' });

  await expect.poll(async () => (await seen()).start?.run?.outcome, { timeout: 15_000 }).toBe('up');
  await expect.poll(async () => (await seen()).level, { timeout: 10_000 }).toBe('ready');
  expect((await press()).status).toBe(409);
});

test('nobody who is not known to be its owner starts it, and what is asked is never run', async () => {
  const refused = await press(stranger);
  expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: 'not-owner' } }]);
  expect((await seen(stranger)).start).toMatchObject({
    state: 'not-owner',
    detail: expect.stringContaining('only the person at it may'),
  });
  for (const body of ['', '[]', '{"command":["id"]}', '{', 'null']) expect((await press(HERE, body)).status).toBe(400);
  expect((await press({ ...HERE, 'content-length': '5000' })).status).toBe(400);
});
