import { expect, test } from 'vitest';
import { askBridge, BRIDGE_PORTS } from '#lib/review/bridge.ts';
import { closedPort, ok, rawServer, replying, stallingAfter } from '#tests/support/raw-servers.ts';

const bridge = () => replying(ok({ ok: true }));
const other = () => replying(ok('<html>It works!</html>'));
const asking = async (...ports: readonly Promise<number>[]) => askBridge(await Promise.all(ports));

test('is looked for where the add-on listens, and then where it goes when that is taken', () => {
  expect(BRIDGE_PORTS).toEqual([8_770, 8_771]);
});

test('is found at its first port, and nobody is asked at the second', async () => {
  let asked = 0;
  const first = await bridge();
  const second = await rawServer(() => {
    asked += 1;
  });
  expect(await askBridge([first, second])).toEqual({ told: { reach: 'answers', port: first } });
  expect(asked).toBe(0);
});

test.each([
  ['refuses', closedPort],
  ['is another program’s', other],
  ['speaks another protocol', () => replying('SSH-2.0-OpenSSH_9.6\r\n')],
  ['says something of another kind', () => replying(ok({ ok: 'yes' }))],
  ['floods', () => replying(ok({ ok: true, more: 'x'.repeat(5_000) }))],
  ['is silent', () => stallingAfter('')],
])('is found at its second port when the first %s', async (_, first) => {
  const second = await bridge();
  expect(await asking(first(), Promise.resolve(second))).toEqual({ told: { reach: 'answers', port: second } });
});

test('is refused where it is at neither, other programs or not', async () => {
  expect(await asking(closedPort(), closedPort())).toEqual({ told: { reach: 'refused' } });
  expect(await asking(other(), closedPort())).toEqual({ told: { reach: 'refused' } });
});

test('is silent where one of the two takes the connection and never says anything', async () => {
  const startedAt = performance.now();
  expect(await asking(stallingAfter(''), closedPort())).toEqual({ told: { reach: 'silent' } });
  // Its patience is one second; the rest is for a busy machine.
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test('is unknown where a connection breaks', async () => {
  const breaking = rawServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
  expect(await asking(closedPort(), breaking)).toMatchObject({ why: 'unreadable' });
});
