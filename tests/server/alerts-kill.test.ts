import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { SECOND } from '#lib/domain/time.ts';
import { titles } from '#tests/support/alert-house.ts';
import { type FakePhone, type FakePushService, fakePushService } from '#tests/support/fake-push-service.ts';
import { ownAlertHouse } from '#tests/support/own-alert-house.ts';

let service: FakePushService;

beforeAll(async () => {
  service = await fakePushService();
  service.trust();
});
afterAll(() => service.stop());

/** A Lifeline whose server is down, killed as soon as `reached`; what its files say of the message then. */
async function killed(dataDir: string, { subscription }: Pick<FakePhone, 'subscription'>, reached: () => boolean) {
  const program = join(import.meta.dirname, '../support/alerts-program.ts');
  const child = spawn(process.execPath, [program, dataDir, JSON.stringify(subscription)], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: service.caFile },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect.poll(reached, { timeout: 15_000, interval: 5 }).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'close');
  return rowsIn(dataDir);
}

/** What the file says of the messages. */
function rowsIn(dataDir: string) {
  const file = new DatabaseSync(join(dataDir, 'devices.db'));
  const rows = file.prepare('select kind, state, tries from alert').all();
  file.close();
  return rows;
}

function folder(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'lifeline-killed-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

test('killed while a message is out, Lifeline does not send it again, and tells of the end', async () => {
  const dataDir = folder();
  const phone = service.subscribe({ answer: 'hangs' });
  const rows = await killed(dataDir, phone, () => phone.asked() === 1);
  expect(rows).toMatchObject([{ kind: 'began', state: 'sending', tries: 1 }]);
  phone.answer(201);
  const { be, pass } = await ownAlertHouse({ dataDir });
  for (let second = 0; second < 10; second += 1) await pass(SECOND);
  expect(phone.asked()).toBe(1);
  await be('healthy');
  expect(titles(phone)).toEqual([expect.stringContaining('Ready again')]);
});

test('killed between writing it down and sending it, it does not know whether it was sent, and sends it no more', async () => {
  const dataDir = folder();
  // It takes the connection and never speaks: nothing of the message goes out.
  let isCalled = false;
  const silent = createServer((socket) => {
    isCalled = true;
    socket.on('error', () => {}).resume();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void silent.close());
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const phone = service.subscribe();
  const subscription = { ...phone.subscription, endpoint: `https://127.0.0.1:${port}/push/1` };
  const rows = await killed(dataDir, { subscription }, () => isCalled);
  expect(rows).toMatchObject([{ state: 'sending' }]);
  const { be, pass, call } = await ownAlertHouse({ dataDir });
  await call('phone', phone);
  await pass(SECOND);
  expect(titles(phone)).toEqual([]);
  await be('healthy');
  expect(titles(phone)).toEqual([expect.stringContaining('Ready again')]);
});

test('killed while a refused message waits for its next try, it goes on trying, and sends it once', async () => {
  const dataDir = folder();
  const phone = service.subscribe({ answer: 500 });
  const isRefused = () => phone.asked() === 1 && rowsIn(dataDir).some(({ state }) => state === 'due');
  expect(await killed(dataDir, phone, isRefused)).toMatchObject([{ state: 'due', tries: 1 }]);
  phone.answer(201);
  const { pass } = await ownAlertHouse({ dataDir });
  for (let second = 0; second < 10; second += 1) await pass(SECOND);
  expect(titles(phone)).toEqual(['Down since 13:02']);
});
