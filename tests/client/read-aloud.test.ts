import type { JSHandle, Page } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type BrowserModules, importInto, startBrowserModules } from '#tests/support/browser-modules.ts';
import type * as Review from '#tests/support/read-aloud-in-page.ts';
import { scriptSpeech } from '#tests/support/scripted-speech.ts';
import { toneWav } from '#tests/support/tone.ts';

let browser: BrowserModules;
let page: Page;
let review: JSHandle<typeof Review>;

beforeAll(async () => {
  browser = await startBrowserModules((request, response) => {
    if (request.url !== '/tone.wav') return null;
    response.writeHead(200, { 'content-type': 'audio/wav' }).end(toneWav(80));
    return true;
  });
}, 60_000);
afterAll(() => browser.close());

beforeEach(async () => {
  page = await browser.newPage();
  await page.evaluate(scriptSpeech);
  review = await importInto<typeof Review>(page, '#tests/support/read-aloud-in-page.ts');
});

const told = () => review.evaluate(({ told: tell }) => tell());
const until = (what: Partial<Awaited<ReturnType<typeof told>>>) =>
  expect.poll(told, { timeout: 15_000, interval: 30 }).toMatchObject(what);
const show = (turn: number, how: { done?: number; sounds?: boolean } = {}) =>
  review.evaluate(({ show: see }, [nth, options]) => see(nth, options), [turn, how] as const);

describe('on request', () => {
  test('the side that is shown is read in its language, and once more stops it', async () => {
    await show(1);
    await review.evaluate(({ actions }) => actions.read());
    await until({ isPlaying: false, said: ['casa 1 (es-ES)'] });
    await review.evaluate(({ turnOver, actions }) => {
      turnOver();
      actions.read();
    });
    await until({ isPlaying: false, said: ['casa 1 (es-ES)', 'house 1 (en-US)'] });
    await page.evaluate(() => window.hang());
    await review.evaluate(({ actions }) => actions.read());
    expect((await told()).isPlaying).toBe(true);
    await review.evaluate(({ actions }) => actions.read());
    expect((await told()).isPlaying).toBe(false);
  });

  test('a voice that fails says so until the next card', async () => {
    await show(1);
    await page.evaluate(() => window.fail('synthesis-failed'));
    await review.evaluate(({ actions }) => actions.read());
    await until({ notice: 'The voice for European Spanish failed.' });
    await show(2);
    expect((await told()).notice).toBeNull();
  });

  test('every sound of a card whose marks are not known can be played, and all of them again', async () => {
    await show(1);
    await review.evaluate(({ actions }) => actions.playFile('tone.wav'));
    await until({ isPlaying: false, played: ['tone.wav'] });
    await review.evaluate(({ actions }) => actions.replay());
    await until({ isPlaying: false, played: ['tone.wav', 'tone.wav'] });
  });

  test('a mark plays its own sound, whichever side it is of; one that there is none of plays nothing', async () => {
    await review.evaluate(({ silence }) => silence());
    await show(1, { sounds: true });
    await review.evaluate(({ actions }) => actions.playMark('answer', 1));
    await until({ isPlaying: false, said: ['a home (en-GB)'], played: [] });
    await review.evaluate(({ actions }) => actions.playMark('answer', 7));
    expect(await told()).toMatchObject({ isPlaying: false, notice: null });
  });
});

describe('by itself', () => {
  test('a side plays its own sounds, the answer only its own', async () => {
    await show(1, { sounds: true });
    await until({ isPlaying: false, played: ['tone.wav'], said: [] });
    await review.evaluate(({ turnOver }) => turnOver());
    await until({ isPlaying: false, played: ['tone.wav', 'tone.wav'], said: ['a home (en-GB)'] });
  });

  test('a side plays nothing where that is switched off, or where it is not known what', async () => {
    await show(1);
    await review.evaluate(({ silence }) => silence());
    await show(2, { sounds: true });
    expect(await told()).toMatchObject({ isPlaying: false, played: [], said: [] });
  });

  test('another card silences the one before', async () => {
    await show(1);
    await page.evaluate(() => window.hang());
    await review.evaluate(({ actions }) => actions.read());
    await show(2);
    expect(await told()).toMatchObject({ isPlaying: false, notice: null });
    expect(await page.evaluate(() => window.speechSynthesis.speaking)).toBe(false);
  });
});

describe('hands-free', () => {
  const begin = async () => {
    await show(1);
    await review.evaluate(({ actions }) => actions.beginLoop());
  };
  /** It is in the middle of the question for as long as nobody ends it. */
  const beginAndStay = async () => {
    await page.evaluate(() => window.hang());
    await begin();
  };

  test('reads question and answer, turns the card over once, and waits for the grade', async () => {
    await begin();
    await until({ loop: { step: 'grade', turn: 1, done: 1 }, revealed: 1 });
    expect(await told()).toMatchObject({
      steps: ['off', 'question', 'pause', 'answer', 'grade'],
      said: ['casa 1 (es-ES)', 'house 1 (en-US)'],
    });
    await show(2);
    await until({ loop: { step: 'grade', turn: 2, done: 2 }, revealed: 2 });
  });

  test('plays a card’s own sounds before its words', async () => {
    await show(1, { sounds: true });
    await until({ isPlaying: false, played: ['tone.wav'] });
    await review.evaluate(({ actions }) => actions.beginLoop());
    await until({ loop: { step: 'grade', turn: 1, done: 1 } });
    expect(await told()).toMatchObject({ said: ['casa 1 (es-ES)', 'a home (en-GB)', 'house 1 (en-US)'] });
  });

  test('falls silent with a press and does not turn the card over; the next card goes on', async () => {
    await beginAndStay();
    await review.evaluate(({ actions }) => actions.press());
    await page.waitForTimeout(300);
    expect(await told()).toMatchObject({ loop: { step: 'stopped' }, isPlaying: false, revealed: 0 });
    await show(2);
    await until({ loop: { step: 'grade', turn: 2, done: 2 } });
  });

  test('does not go on with a card that came back', async () => {
    await beginAndStay();
    await show(2, { done: 0 });
    await page.waitForTimeout(200);
    expect(await told()).toMatchObject({ loop: { step: 'stopped' }, isPlaying: false });
  });

  test('ends with the page, and with the session', async () => {
    await beginAndStay();
    await review.evaluate(({ hide }) => hide());
    await page.waitForTimeout(300);
    expect(await told()).toMatchObject({ loop: { step: 'off' }, isPlaying: false, revealed: 0 });
    await beginAndStay();
    await review.evaluate(({ finish }) => finish());
    expect(await told()).toMatchObject({ loop: { step: 'stopped' }, isPlaying: false });
  });

  test('says why where the voice fails, and turns nothing over', async () => {
    await show(1);
    await page.evaluate(() => window.voices(['ja-JP']));
    await review.evaluate(({ actions }) => actions.beginLoop());
    await until({ loop: { step: 'stopped', turn: 1, done: 1 }, revealed: 0 });
    expect((await told()).notice).toMatch(/^This device has no voice for European Spanish/);
  });
});
