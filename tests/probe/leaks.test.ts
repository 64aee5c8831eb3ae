import { expect, test } from 'vitest';
import { until } from '#tests/support/eventually.ts';
import { probe } from '#tests/support/probing.ts';
import { closedPort, HEALTH, ok, rawServer, replying, stallingAfter, targetAt } from '#tests/support/raw-servers.ts';

/** How many things of these kinds keep this process busy. */
const held = (kinds: RegExp) => process.getActiveResourcesInfo().filter((kind) => kinds.test(kind)).length;
const SOCKETS = /^(TCPSocketWrap|TLSWrap|ConnectWrap)$/;
const TIMERS = /^(Timeout|Immediate)$/;

test('a thousand probes of every ending leave no socket and no timer behind', async () => {
  const ending = [
    targetAt(await replying(ok(HEALTH))),
    targetAt(await closedPort()),
    targetAt(await rawServer((socket) => socket.resetAndDestroy())),
    targetAt(await replying('SSH-2.0-OpenSSH_9.6\r\n')),
  ];
  const silent = [
    targetAt(await stallingAfter('HTTP/1.1 200 OK\r\n')),
    targetAt(await rawServer((socket) => socket.resume()), '127.0.0.1', 'https'),
  ];
  const onSilence = () => undefined;
  const probeAll = () => [
    ...ending.map((target) => probe(target, { patienceMs: 50_000, deadlineMs: 60_000, onSilence })),
    ...silent.map((target) => probe(target, { patienceMs: 40, deadlineMs: 80, onSilence })),
  ];

  const timersBefore = held(TIMERS);
  for (let round = 0; round < 17; round += 1) {
    await Promise.all(Array.from({ length: 10 }, probeAll).flat());
  }
  await until(() => held(SOCKETS) === 0); // the servers of this test let go a moment later
  expect(held(TIMERS)).toBeLessThanOrEqual(timersBefore);
});
