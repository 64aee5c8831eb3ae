import { expect, test } from 'vitest';
import { guarded } from '#lib/client/kept/guarded.ts';

const TIMEOUT_MS = 20;
const never = () => new Promise<never>(() => undefined);

/** Connections that are counted, and how to lose the newest. */
function storage() {
  const opened: { isClosed: boolean; close(): void }[] = [];
  let lose = () => {};
  const open = async (onLost: () => void) => {
    lose = onLost;
    const connection = {
      isClosed: false,
      close() {
        this.isClosed = true;
      },
    };
    opened.push(connection);
    return connection;
  };
  return { open, opened, lose: () => lose() };
}

test('one connection serves all work', async () => {
  const { open, opened } = storage();
  const guard = guarded(open, TIMEOUT_MS);
  expect(await Promise.all([1, 2].map((n) => guard.run(async () => n)))).toEqual([{ value: 1 }, { value: 2 }]);
  expect(opened).toHaveLength(1);
});

test('a storage that never answers is waited for once, and then asked no more', async () => {
  const { open, opened } = storage();
  const guard = guarded(open, TIMEOUT_MS);
  expect(await guard.run(never)).toBeNull();
  let isAsked = false;
  expect(await guard.run(async () => (isAsked = true))).toBeNull();
  expect(isAsked).toBe(false);
  await Promise.resolve();
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([true]);
});

test('a storage that never opens is waited for once', async () => {
  const guard = guarded(never, TIMEOUT_MS);
  expect(await guard.run(async () => 1)).toBeNull();
  expect(await guard.run(async () => 1)).toBeNull();
});

test('work on a connection that was lost under it is done on a new one', async () => {
  const { open, opened } = storage();
  const guard = guarded(open, TIMEOUT_MS);
  const first = await guard.run(async (connection) => connection);
  const again = await guard.run(async (connection) => {
    if (connection === first?.value) throw new DOMException('The connection is closing.', 'InvalidStateError');
    return 'done';
  });
  expect(again).toEqual({ value: 'done' });
  expect(opened).toHaveLength(2);
});

test.each(['lost', 'rested'])('after it was %s the next work opens it anew', async (how) => {
  const { open, opened, lose } = storage();
  const guard = guarded(open, TIMEOUT_MS);
  await guard.run(async () => 1);
  if (how === 'lost') lose();
  else guard.rest();
  await guard.run(async () => 2);
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([true, false]);
});

test('a storage that refuses is asked again the next time', async () => {
  let tries = 0;
  const guard = guarded(async () => {
    tries += 1;
    if (tries < 4) throw new DOMException('Not in private browsing.', 'SecurityError');
    return { close: () => undefined };
  }, TIMEOUT_MS);
  expect(await guard.run(async () => 1)).toBeNull();
  expect(await guard.run(async () => 1)).toEqual({ value: 1 });
});
