import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { createMedia } from '#lib/review/media.ts';
import { fc } from '#tests/support/fast-check.ts';
import { openedAnki } from '#tests/support/opened-anki.ts';
import { ok, replying } from '#tests/support/raw-servers.ts';

const NOTHING = { found: 'nothing' };

/** A media directory beside a secret, and AnkiConnect that says where it is. */
async function folder() {
  const place = mkdtempSync(join(tmpdir(), 'media-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const media = join(place, 'collection.media');
  mkdirSync(join(media, 'sub'), { recursive: true });
  writeFileSync(join(place, 'secret.txt'), 'secret');
  writeFileSync(join(media, 'mano.png'), 'png');
  writeFileSync(join(media, 'caf\u00e9 #1?.mp3'), 'mp3');
  writeFileSync(join(media, 'sub', 'inner.png'), 'x');
  symlinkSync(join(place, 'secret.txt'), join(media, 'link-out.txt'));
  symlinkSync(place, join(media, 'link-dir'));
  symlinkSync('mano.png', join(media, 'link-in.png'));
  symlinkSync(join(media, 'sub', 'inner.png'), join(media, 'link-deeper.png'));
  const port = await replying(ok({ result: media, error: null }));
  return { media, find: createMedia(createAnkiConnect(new URL(`http://127.0.0.1:${port}`))).find };
}

describe('in the directory', () => {
  test('a file is found by its name, in either spelling of its accents', async () => {
    const { find, media } = await folder();
    expect(await find('mano.png')).toEqual({
      found: 'file',
      path: join(media, 'mano.png'),
      sizeBytes: 3,
      modifiedAt: expect.any(Number),
    });
    expect(await find('cafe\u0301 #1?.mp3')).toMatchObject({ found: 'file', sizeBytes: 3 });
    expect(await find('link-in.png')).toMatchObject({ found: 'file', path: join(media, 'mano.png') });
  });

  test.each([
    '../secret.txt',
    '..',
    '.',
    '',
    '/etc/passwd',
    'sub/inner.png',
    'sub',
    'link-out.txt',
    'link-dir',
    'link-deeper.png',
    'link-dir/secret.txt',
    '..\\secret.txt',
    'mano.png\0',
    'mano.png/',
    'missing.png',
    '\ud800.png',
    'a'.repeat(300),
  ])('“%.20s” is nothing', async (name) => {
    const { find } = await folder();
    expect(await find(name)).toEqual(NOTHING);
  });

  test('no name leads out of it', async () => {
    const { find, media } = await folder();
    const piece = fc.constantFrom('..', '/', '\\', '\0', 'secret.txt', 'link-dir', 'mano.png', '%2e%2e%2f', '.', 'sub');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 6 }), async (pieces) => {
        const found = await find(pieces.join(''));
        if (found.found === 'file') expect(found.path).toBe(join(media, 'mano.png'));
        else expect(found).toEqual(NOTHING);
      }),
    );
  });
});

describe('through AnkiConnect', () => {
  test('a file comes where the directory is on another machine', async () => {
    const { anki, client } = await openedAnki();
    // A path that is no directory on this machine.
    const place = mkdtempSync(join(tmpdir(), 'media-'));
    onTestFinished(() => rmSync(place, { recursive: true, force: true }));
    anki.collection.mediaDir = join(place, 'elsewhere');
    writeFileSync(anki.collection.mediaDir, '');
    const media = createMedia(client);
    expect(await media.way()).toBe('api');
    const bytes = anki.collection.media.get('planets.png');
    expect(await media.find('planets.png')).toEqual({ found: 'bytes', bytes });
    expect(await media.find('missing.png')).toEqual(NOTHING);
    expect(await media.find('../planets.png')).toEqual(NOTHING);
  });

  test('the directory is used where it is here', async () => {
    const { client } = await openedAnki();
    const media = createMedia(client);
    expect(await media.way()).toBe('directory');
    expect(await media.find('été.png')).toMatchObject({ found: 'file' });
  });

  test('while Anki does not say where they are, none is found and none is called missing', async () => {
    const { anki, client } = await openedAnki({ state: 'collection-closed' });
    const media = createMedia(client);
    expect([await media.way(), await media.find('mano.png')]).toEqual([null, { found: 'unreachable' }]);
    anki.be('reviewing');
    expect(await media.way()).toBe('directory');
    await anki.stop();
    expect(await createMedia(client).find('mano.png')).toEqual({ found: 'unreachable' });
  });

  test('they are where they were while Anki is away, and its path is asked once for many files', async () => {
    const { anki, client } = await openedAnki();
    const directory = mkdtempSync(join(tmpdir(), 'media-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    writeFileSync(join(directory, 'mano.png'), 'png');
    anki.collection.mediaDir = directory;
    let now = 0;
    const media = createMedia(client, () => now);
    await Promise.all(['mano.png', 'a.png', 'b.png'].map(media.find));
    expect(anki.carriedOut()).toEqual(['getMediaDirPath']);
    anki.be('collection-closed');
    now = 120_000;
    expect(await media.find('mano.png')).toMatchObject({ found: 'file', sizeBytes: 3 });
    await media.find('mano.png');
    expect(anki.carriedOut()).toEqual(['getMediaDirPath', 'getMediaDirPath']);
    // A folder that the scripted Anki has not made is not its to remove.
    await anki.stop();
    expect(existsSync(join(directory, 'mano.png'))).toBe(true);
  });
});
