import type { JSHandle, Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BrowserModules, importInto, startBrowserModules } from '#tests/support/browser-modules.ts';
import { scriptSpeech } from '#tests/support/scripted-speech.ts';
import type * as Sound from '#tests/support/sound-in-page.ts';
import { toneWav } from '#tests/support/tone.ts';

let browser: BrowserModules;
let page: Page;
let sound: JSHandle<typeof Sound>;

beforeAll(async () => {
  browser = await startBrowserModules((request, response) => {
    const path = request.url ?? '';
    if (path === '/tone.wav') response.writeHead(200, { 'content-type': 'audio/wav' }).end(toneWav(80));
    else if (path === '/broken.mp3') response.writeHead(200, { 'content-type': 'audio/mpeg' }).end('no sound at all');
    else if (path === '/gone.mp3') response.writeHead(404).end();
    else if (path !== '/silent.mp3') return null;
    return true;
  });
}, 60_000);
afterAll(() => browser.close());

beforeEach(async () => {
  page = await browser.newPage();
  await page.evaluate(scriptSpeech);
  sound = await importInto<typeof Sound>(page, '#tests/support/sound-in-page.ts');
});

const hear = (...names: string[]) => sound.evaluate(({ hear: play }, files) => play(files), names);
const say = (...parts: [text: string, lang: string][]) => sound.evaluate(({ say: speak }, list) => speak(list), parts);
const spoken = () => page.evaluate(() => window.spoken);

describe('a sound of a card', () => {
  test('is refused before the first tap, told as such, and played after it', async () => {
    const untouched = await browser.newPage();
    const devtools = await untouched.context().newCDPSession(untouched);
    // Playwright's own evaluate counts as a tap.
    const hearUntouched = async () => {
      const expression = `import('#tests/support/sound-in-page.ts').then(({ hear }) => hear(['tone.wav']))`;
      const asked = { expression, awaitPromise: true, returnByValue: true, userGesture: false };
      return (await devtools.send('Runtime.evaluate', asked)).result.value;
    };
    expect(await hearUntouched()).toMatchObject({ outcome: 'blocked' });
    await untouched.mouse.click(5, 5);
    expect(await hearUntouched()).toEqual({ outcome: 'done' });
  });

  test('is played to its end', async () => {
    expect(await hear('tone.wav', 'tone.wav')).toEqual({ outcome: 'done' });
    expect(await sound.evaluate(({ played }) => played())).toEqual(['tone.wav', 'tone.wav']);
  });

  test('is played from bytes that the phone holds, and gives its address back', async () => {
    const revoked = await sound.evaluate(async ({ hearBytes }) => hearBytes('/tone.wav'));
    expect(revoked).toEqual({ heard: { outcome: 'done' }, made: 1, revoked: 1 });
  });

  test.each([
    ['broken.mp3', '“broken.mp3” could not be played.'],
    ['gone.mp3', '“gone.mp3” could not be played.'],
    ['silent.mp3', '“silent.mp3” did not come from the Mac in time.'],
    ['nowhere.mp3', '“nowhere.mp3” is not to be had now.'],
    ['old.avi', 'This browser cannot play .avi files: “old.avi” stays silent.'],
  ])('that is %s is said to be so, and the next one goes on', async (name, detail) => {
    expect(await hear(name, 'tone.wav')).toEqual({ outcome: 'failed', detail });
    expect(await sound.evaluate(({ played }) => played())).toContain('tone.wav');
  });

  test('is ended by the next one, and tells so', async () => {
    expect(await sound.evaluate(({ interrupt }) => interrupt('silent.mp3', 'tone.wav'))).toEqual([
      { outcome: 'stopped' },
      { outcome: 'done' },
    ]);
  });
});

describe('the voice', () => {
  test('reads each stretch in its language, one after the other, at the pace that was set', async () => {
    expect(await say(['casa', 'es-ES'], ['house', 'en-US'])).toEqual({ outcome: 'done' });
    expect(await spoken()).toEqual([
      { text: 'casa', lang: 'es-ES', rate: 1.5 },
      { text: 'house', lang: 'en-US', rate: 1.5 },
    ]);
  });

  test('begins within the tap: nothing is waited for first', async () => {
    const isBegun = await sound.evaluate(({ sayNow }) => {
      void sayNow('casa', 'es-ES');
      return window.spoken.length;
    });
    expect(isBegun).toBe(1);
  });

  test('that is missing is said to be, and nothing is read by another', async () => {
    await page.evaluate(() => window.voices(['en-US', 'es_MX']));
    expect(await say(['maison', 'fr'])).toMatchObject({ detail: expect.stringContaining('no voice for French') });
    expect(await spoken()).toEqual([]);
    expect(await say(['casa', 'es-ES'])).toEqual({ outcome: 'done' });
  });

  test.each([
    ['not-allowed', 'blocked', 'The browser speaks only after a tap. Press Read.'],
    ['language-unavailable', 'failed', 'no voice for European Spanish'],
    ['network', 'failed', 'needs the internet'],
    ['synthesis-failed', 'failed', 'The voice for European Spanish failed.'],
  ] as const)('that fails with %s says so', async (error, outcome, words) => {
    await page.evaluate((code) => window.fail(code), error);
    const heard = await say(['casa', 'es-ES'], ['house', 'en-US']);
    expect(heard).toMatchObject({
      outcome,
      detail: expect.stringContaining(words),
    });
    expect(await spoken()).toHaveLength(1);
  });

  test('that never begins is given up', async () => {
    await page.evaluate(() => window.hang());
    expect(await say(['casa', 'es-ES'])).toEqual({ outcome: 'failed', detail: 'The voice did not begin to speak.' });
  });

  test('that is ended by another text says nothing of it', async () => {
    const both = await sound.evaluate(async ({ sayNow }) => {
      window.hang();
      const first = sayNow('casa', 'es-ES');
      window.hang();
      return Promise.all([first, sayNow('house', 'en-US')]);
    });
    expect(both[0]).toEqual({ outcome: 'stopped' });
  });

  test('is not missed by a browser without one', async () => {
    expect(await sound.evaluate(({ sayWithout }) => sayWithout('casa'))).toMatchObject({ outcome: 'failed' });
  });
});
