import { mkdirSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GET, HEAD } from '#app/api/review/media/[token]/[name]/route.ts';
import { errorSchema } from '#lib/contract/error.ts';
import { sampleCollection } from '#tests/support/anki-sample.ts';
import { mediaDirOf } from '#tests/support/ankiconnect-media-actions.ts';
import { fc } from '#tests/support/fast-check.ts';
import { CALLERS, type ReviewServices, reviewServices } from '#tests/support/review-services.ts';

const TEXT = '0123456789'.repeat(10);
let app: ReviewServices;
let folder: string;

beforeAll(async () => {
  app = await reviewServices({ state: 'no-reviewer' });
  folder = mediaDirOf(app.anki.collection);
  writeFileSync(join(folder, 'digits.mp3'), TEXT);
  writeFileSync(join(folder, 'empty.png'), '');
  writeFileSync(join(folder, 'draw.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  writeFileSync(join(folder, '50% #1?.jpg'), 'odd');
  writeFileSync(join(folder, '%2e%2e.jpg'), 'escaped');
  mkdirSync(join(folder, 'sub'));
  writeFileSync(join(dirname(folder), 'lifeline-media-secret.txt'), 'secret');
  symlinkSync(join(dirname(folder), 'lifeline-media-secret.txt'), join(folder, 'out.txt'));
  symlinkSync('digits.mp3', join(folder, 'in.mp3'));
});
afterAll(async () => {
  rmSync(join(dirname(folder), 'lifeline-media-secret.txt'));
  await app.stop();
});

type Headers = Readonly<Record<string, string>>;
const at = (path: string, headers: Headers = {}, method = 'GET') =>
  new Request(`http://127.0.0.1:3000${path}`, { method, headers: { ...CALLERS.local, ...headers } });
const base = () => app.services.mediaTokens.base();
const get = (name: string, headers: Headers = {}) => GET(at(`${base()}${encodeURIComponent(name)}`, headers));
const codeOf = async (response: Response) => [response.status, errorSchema.parse(await response.json()).error.code];

describe('a file of the directory', () => {
  test('is had by its name, with its type and a tag that names its content', async () => {
    const answer = await get('digits.mp3');
    expect([answer.status, await answer.text()]).toEqual([200, TEXT]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'audio/mpeg',
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache, no-transform',
      etag: expect.stringMatching(/^"[\w-]+"$/),
    });
  });

  test.each(['un árbol & más.png', 'été.png', '50% #1?.jpg', '%2e%2e.jpg', 'in.mp3', 'empty.png'])(
    'called %s is found under exactly this name',
    async (name) => {
      expect((await get(name)).status).toBe(200);
    },
  );

  test('is found under a name in decomposed letters, as macOS writes them', async () => {
    expect((await get('été.png'.normalize('NFD'))).status).toBe(200);
  });

  test.each([
    ['bytes=0-1', 206, 'bytes 0-1/100', '01'],
    ['bytes=98-', 206, 'bytes 98-99/100', '89'],
    ['bytes=-3', 206, 'bytes 97-99/100', '789'],
    ['bytes=0-999', 206, 'bytes 0-99/100', TEXT],
    ['bytes=0-1,4-5', 200, null, TEXT],
    ['bytes=9-2', 200, null, TEXT],
    ['bytes=100-', 416, 'bytes */100', ''],
    ['bytes=-0', 416, 'bytes */100', ''],
  ])('asked for %s is answered %d with %s', async (range, status, contentRange, text) => {
    const answer = await get('digits.mp3', { range });
    expect([answer.status, answer.headers.get('content-range'), await answer.text()]).toEqual([
      status,
      contentRange,
      text,
    ]);
  });

  test('is not sent again while it did not change, and is when it did', async () => {
    const tag = (await get('digits.mp3')).headers.get('etag') ?? '';
    expect((await get('digits.mp3', { 'if-none-match': tag })).status).toBe(304);
    expect((await get('digits.mp3', { 'if-none-match': `"x", ${tag}` })).status).toBe(304);
    expect((await get('digits.mp3', { range: 'bytes=0-1', 'if-range': tag })).status).toBe(206);
    utimesSync(join(folder, 'digits.mp3'), 1_700_000_000, 1_700_000_000);
    expect((await get('digits.mp3', { 'if-none-match': tag })).status).toBe(200);
    expect((await get('digits.mp3', { range: 'bytes=0-1', 'if-range': tag })).status).toBe(200);
  });

  test('is told of without its bytes by HEAD', async () => {
    const answer = await HEAD(at(`${base()}digits.mp3`, {}, 'HEAD'));
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'audio/mpeg', '']);
  });

  test('of any size comes as a stream', async () => {
    const big = join(folder, 'big.mp4');
    writeFileSync(big, '');
    truncateSync(big, 200_000_000);
    const before = process.memoryUsage().arrayBuffers;
    const answer = await get('big.mp4', { range: 'bytes=0-' });
    const reader = answer.body?.getReader();
    await reader?.read();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
    await reader?.cancel();
    expect(answer.headers.get('content-range')).toBe('bytes 0-199999999/200000000');
  });
});

describe('nothing else is had', () => {
  test.each([
    '../lifeline-media-secret.txt',
    '/etc/passwd',
    'sub',
    'sub/x.png',
    '..\\lifeline-media-secret.txt',
    'digits.mp3\0.png',
    'out.txt',
    'no-such.png',
    'x'.repeat(300),
  ])('by the name %j', async (name) => {
    expect(await codeOf(await GET(at(`${base()}${encodeURIComponent(name)}`)))).toEqual([404, 'no-such-file']);
  });

  test.each(['', '.', '..', '%2e%2E', '%', '%E0%A4%A', '%ff', '%ED%A0%80.png', 'a/b', '..%2f..%2fx/y', '?x'])(
    'by the address ending in “%s”',
    async (end) => {
      // Two dots take the token out of an address before it is sent.
      expect((await GET(at(`${base()}${end}`))).status).toBe(/^(\.|%2e){2}$/i.test(end) ? 403 : 404);
    },
  );

  test('by any name at all that is not in the directory', async () => {
    const there = new Set(app.anki.collection.media.keys());
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (name) => {
        fc.pre(name.isWellFormed() && !there.has(name.normalize('NFC')) && name !== 'digits.mp3');
        expect((await GET(at(`${base()}${encodeURIComponent(name)}`))).status).toBe(404);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test('without a token of ours, whoever asks', async () => {
    const [, , , , token = ''] = base().split('/');
    const [end = '', proof = ''] = token.split('.');
    for (const other of ['x', end, `${end}.`, `${end}.${proof.slice(1)}`, `zz${end}.${proof}`, 'undefined']) {
      const answer = await GET(at(`/api/review/media/${other}/digits.mp3`));
      expect(await codeOf(answer)).toEqual([403, 'media-token']);
    }
  });
});

test('where the directory cannot be read from here, a file comes through AnkiConnect, in parts too, and is asked of it once', async () => {
  const collection = sampleCollection();
  collection.mediaDir = join(folder, 'digits.mp3'); // no directory, as the path of another machine is none
  const other = await reviewServices({ state: 'no-reviewer', collection });
  const ask = (headers: Headers = {}) => GET(at(`${other.services.mediaTokens.base()}nihongo.mp3`, headers));
  const bytes = collection.media.get('nihongo.mp3') ?? expect.unreachable();
  const [whole, part] = await Promise.all([ask(), ask({ range: 'bytes=10-19' })]);
  expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
  expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, bytes.subarray(10, 20)]);
  expect((await ask({ 'if-none-match': whole.headers.get('etag') ?? '' })).status).toBe(304);
  expect(other.anki.carriedOut().filter((action) => action === 'retrieveMediaFile')).toHaveLength(1);
  await other.anki.stop();
  expect((await ask()).status).toBe(200);
  const unknown = await GET(at(`${other.services.mediaTokens.base()}other.png`));
  expect(await codeOf(unknown)).toEqual([503, 'anki']);
  await other.stop();
});
