import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { DECK_NAMES } from '#lib/review/anki-actions.ts';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { closedPort, listen, ok, rawServer, replying } from '#tests/support/raw-servers.ts';

const SHORT = { patienceMs: 150 };
const at = (port: number) => createAnkiConnect(new URL(`http://127.0.0.1:${port}`));

test('calls at the same time go out one after the other, in their order', async () => {
  let open = 0;
  let most = 0;
  const seen: string[] = [];
  const server = createServer(async (request, response) => {
    most = Math.max(most, ++open);
    const [bytes] = await once(request, 'data');
    seen.push(JSON.parse(String(bytes)).action);
    setTimeout(() => {
      open -= 1;
      response.end(JSON.stringify({ result: null, error: null }));
    }, 10);
  });
  const anki = at(await listen(server));
  const names = Array.from({ length: 8 }, (_, place) => `action${place}`);
  await Promise.all(names.map((action) => anki.call({ action, result: z.null() })));
  expect(most).toBe(1);
  expect(seen).toEqual(names);
});

test('they wait for one that times out no longer than its patience, and it costs them none of theirs', async () => {
  let calls = 0;
  const port = await rawServer((socket) =>
    socket.once('data', () => {
      calls += 1;
      if (calls === 2) setTimeout(() => socket.end(ok({ result: [], error: null })), 100);
    }),
  );
  const anki = at(port);
  const startedAt = performance.now();
  const [first, second] = await Promise.all([anki.call(DECK_NAMES, SHORT), anki.call(DECK_NAMES, SHORT)]);
  expect(first).toEqual({ outcome: 'timed-out', effect: 'unknown' });
  expect(second).toMatchObject({ outcome: 'answered' });
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});

test('they go on after one that could not even be written down', async () => {
  const anki = at(await replying(ok({ result: [], error: null })));
  const [broken, next] = await Promise.allSettled([
    anki.call({ action: 'cardsInfo', params: { cards: [1n] }, result: z.unknown() }),
    anki.call(DECK_NAMES),
  ]);
  expect(broken.status).toBe('rejected');
  expect(next).toMatchObject({ value: { outcome: 'answered' } });
});

test('they do not suffer from one that fails', async () => {
  const anki = at(await closedPort());
  expect(await Promise.all([anki.call(DECK_NAMES), anki.call(DECK_NAMES)])).toEqual([
    { outcome: 'refused' },
    { outcome: 'refused' },
  ]);
});

test('an answer that came while our own loop stood still is not called silence', async () => {
  const port = await rawServer((socket) =>
    socket.once('data', () => {
      socket.end(ok({ result: [], error: null }));
      const busyUntil = performance.now() + 2 * SHORT.patienceMs;
      while (performance.now() < busyUntil);
    }),
  );
  expect(await at(port).call(DECK_NAMES, SHORT)).toMatchObject({ outcome: 'answered' });
});
