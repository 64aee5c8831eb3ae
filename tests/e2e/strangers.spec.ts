import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { type RunningApp, startApp } from '#tests/support/running-app.ts';

// The built app, asked by programs that no browser would be: what Next does with a request before our door is in it.
let app: RunningApp;

test.beforeAll(async () => {
  const nobody = 'http://127.0.0.1:9';
  const env = { LIFELINE_TOKEN: 'a-secret-of-some-length' };
  app = await startApp({ reviewServerUrl: nobody, ankiConnectUrl: nobody, intervalMs: 60_000, env });
});
test.afterAll(() => app.stop());

const memoryMb = (): number => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(app.pid)]).toString()) / 1_024;

/** Begins a request whose body of 9.5 MB never ends; resolves when all but its end was taken. */
async function endless(): Promise<Socket> {
  const { hostname, port } = new URL(app.url);
  const socket = connect({ host: hostname, port: Number(port) });
  await once(socket, 'connect');
  socket.write('POST /api/pair HTTP/1.1\r\nhost: evil.example\r\ncontent-length: 9500000\r\n\r\n');
  await new Promise((resolve) => socket.write(Buffer.alloc(9_400_000, 'a'), resolve));
  return socket;
}

test('bodies that never end fill no memory', async () => {
  const many = (length: number) => Promise.all(Array.from({ length }, endless));
  // What is read and let go of takes some 100 MB once, however much it is.
  const first = await many(20);
  const before = memoryMb();
  const more = await many(40);
  await pause(300);
  const grown = memoryMb() - before;
  for (const socket of [...first, ...more]) socket.destroy();
  // Kept whole they are 370 MB.
  expect(grown).toBeLessThan(150);
});

test('a page takes nothing, so that no server action of Next is ever looked for', async ({ request }) => {
  const headers = { origin: app.url, 'content-type': 'application/json', 'next-action': '40'.repeat(21) };
  for (const path of ['/', '/setup', '/nothing']) {
    const answer = await request.post(`${app.url}${path}`, { headers, data: '[]' });
    expect([answer.status(), answer.headers()['allow']], path).toEqual([405, 'GET, HEAD']);
    expect(await answer.json()).toMatchObject({ error: { code: 'method' } });
  }
  expect(app.output()).not.toMatch(/Server (Action|Reference)/i);
});
