import { expect, test } from 'vitest';
import { MINUTE } from '#lib/domain/time.ts';
import type { FoundMedia } from '#lib/review/media.ts';
import { keptMedia } from '#lib/server/kept-media.ts';

const MB = 1_000_000;

/** Files that come through AnkiConnect, of a size that their name tells in MB, and how often each was asked for. */
function media() {
  const clock = { ms: 0 };
  const asked: string[] = [];
  const find = async (name: string): Promise<FoundMedia> => {
    asked.push(name);
    const size = Number.parseInt(name, 10);
    return Number.isNaN(size) ? { found: 'nothing' } : { found: 'bytes', bytes: Buffer.alloc(size * MB) };
  };
  return { clock, asked, find: keptMedia({ find, way: async () => 'api' }, () => clock.ms) };
}

test('a file is asked of Anki once in five minutes, and once at a time', async () => {
  const { clock, asked, find } = media();
  await Promise.all([find('1.mp3'), find('1.mp3')]);
  clock.ms = 5 * MINUTE - 1;
  await find('1.mp3');
  expect(asked).toEqual(['1.mp3']);
  clock.ms = 5 * MINUTE;
  expect(await find('1.mp3')).toMatchObject({ found: 'bytes' });
  expect(asked).toEqual(['1.mp3', '1.mp3']);
});

test('the files used last stay, up to 32 MB, and one that is larger than that stays for nobody', async () => {
  const { asked, find } = media();
  for (const name of ['12 a.mp4', '12 b.mp4', '12 a.mp4', '12 c.mp4']) await find(name);
  asked.length = 0;
  for (const name of ['12 a.mp4', '12 c.mp4', '12 b.mp4']) await find(name);
  expect(asked).toEqual(['12 b.mp4']);
  for (const name of ['40.mp4', '40.mp4']) await find(name);
  expect(asked).toEqual(['12 b.mp4', '40.mp4', '40.mp4']);
});

test('what is not there is asked for each time', async () => {
  const { asked, find } = media();
  for (const name of ['x.png', 'x.png']) expect(await find(name)).toEqual({ found: 'nothing' });
  expect(asked).toHaveLength(2);
});
