import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Frame, type Page, test } from '@playwright/test';
import { CARD_FRAME_URLS, CARD_MATH_URL } from '#lib/contract/card-frame.ts';
import { handSchema } from '#lib/contract/review.ts';
import { mediaDirOf } from '#tests/support/ankiconnect-media-actions.ts';
import { ISOLATED, reachedFromFrame } from '#tests/support/isolation.ts';
import { type RunningApp, startApp } from '#tests/support/running-app.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';

// What the documents in which cards are shown may do in a real browser, with the worker, and with Lifeline gone.
test.use({ serviceWorkers: 'allow' });
test.describe.configure({ mode: 'serial' });

let anki: ScriptedAnkiConnect;
let app: RunningApp;

test.beforeEach(async ({ page }) => {
  anki = await scriptedAnkiConnect({ state: 'no-reviewer' });
  const folder = mediaDirOf(anki.collection);
  writeFileSync(join(folder, 'draw.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>');
  writeFileSync(join(folder, '_ours.js'), 'globalThis.ours = true;');
  const reviewServerUrl = 'http://127.0.0.1:9';
  app = await startApp({ reviewServerUrl, ankiConnectUrl: anki.url, intervalMs: 1_000 });
  await page.goto(`${app.url}/history`);
  await page.evaluate(async () => navigator.serviceWorker.ready);
});

test.afterEach(async () => {
  await app.stop();
  await anki.stop();
});

/** A document of the frame in a page of ours, as the card's host puts it there. */
async function framed(page: Page, url: string): Promise<Frame> {
  const [frame] = await Promise.all([
    page.waitForEvent('framenavigated', { predicate: (each) => each.url().endsWith(url), timeout: 10_000 }),
    page.evaluate((src) => {
      const iframe = document.createElement('iframe');
      iframe.src = src;
      document.body.append(iframe);
    }, url),
  ]);
  await frame.waitForLoadState();
  return frame;
}

const mediaBase = async (page: Page): Promise<string> => {
  const view = handSchema.parse(await page.evaluate(async () => (await fetch('/api/review/hand?limit=1')).json()));
  return view.mediaBase ?? '';
};

test('every document of the frame has an origin of its own', async ({ page }) => {
  for (const url of CARD_FRAME_URLS)
    expect(await (await framed(page, url)).evaluate(reachedFromFrame)).toEqual(ISOLATED);
});

test('the frame shows, plays and sets what is in the media directory, and nothing else of ours', async ({ page }) => {
  const base = `${app.url}${await mediaBase(page)}`;
  const frame = await framed(page, CARD_FRAME_URLS[0] ?? '');
  const spoken = [...anki.collection.media.keys()].find((name) => name.endsWith('.wav')) ?? '';
  const seen = await frame.evaluate(
    async ([media, origin, spoken]) => {
      const image = (src: string) =>
        new Promise((tell) => {
          const element = Object.assign(new Image(), { src });
          element.onload = () => tell(`${element.naturalWidth} wide`);
          element.onerror = () => tell('refused');
        });
      const sound = (src: string) =>
        new Promise((tell) => {
          const element = Object.assign(new Audio(), { src });
          element.onloadedmetadata = () => tell(`${Math.round(element.duration * 100) / 100} s`);
          element.onerror = () => tell('refused');
        });
      const fetched = (url: string) => fetch(url).then(String, () => 'refused');
      return {
        picture: await image(`${media}${encodeURIComponent('un árbol & más.png')}`),
        drawing: await image(`${media}draw.svg`),
        sound: await sound(`${media}${encodeURIComponent(spoken)}`),
        missing: await image(`${media}missing.png`),
        withoutToken: await image(`${origin}/api/review/media/x/draw.svg`),
        elsewhereOfOurs: await image(`${origin}/icon.svg`),
        otherSite: await image('http://localhost:9/x.png'),
        api: await fetched(`${origin}/api/status`),
        media: await fetched(`${media}draw.svg`),
      };
    },
    [base, app.url, spoken] as const,
  );
  expect(seen).toEqual({
    picture: '120 wide',
    drawing: '30 wide',
    sound: expect.stringMatching(/^0\.\d+ s$/),
    missing: 'refused',
    withoutToken: 'refused',
    elsewhereOfOurs: 'refused',
    otherSite: 'refused',
    api: 'refused',
    media: 'refused',
  });
});

test('a script of the media directory runs only where the scripts of cards were allowed', async ({ page }) => {
  const script = `${app.url}${await mediaBase(page)}_ours.js`;
  const runs = async (url: string): Promise<unknown> => {
    const frame = await framed(page, url);
    return frame.evaluate(
      (src) =>
        new Promise((tell) => {
          const element = Object.assign(document.createElement('script'), { src });
          element.onload = () => tell(Reflect.get(globalThis, 'ours'));
          element.onerror = () => tell('refused');
          document.body.append(element);
        }),
      script,
    );
  };
  expect(await runs('/card-frame')).toBe('refused');
  expect(await runs('/card-frame?scripts=1')).toBe(true);
});

test('with Lifeline gone every document of the frame still opens, as isolated as ever', async ({ page }) => {
  await app.stop();
  await page.goto(`${app.url}/history`);
  for (const url of CARD_FRAME_URLS) {
    const frame = await framed(page, url);
    expect(await frame.locator('#qa').count()).toBe(1);
    expect(await frame.evaluate(reachedFromFrame)).toEqual(ISOLATED);
  }
});

test('what draws formulas is kept once it was wanted', async ({ page }) => {
  const wanted = () =>
    page.evaluate(async (url) => (await fetch(url)).text().then((text) => text.length), CARD_MATH_URL);
  await page.reload(); // the worker is asked by a page that it controls
  const length = await wanted();
  expect(length).toBeGreaterThan(500_000);
  await app.stop();
  expect(await wanted()).toBe(length);
});

test('nobody else frames a document of the frame', async ({ page }) => {
  const url = `${app.url.replace('127.0.0.1', 'localhost')}/card-frame`;
  const policy = await page.request.get(url).then((answer) => answer.headers()['content-security-policy'] ?? '');
  expect(policy).toContain(`frame-ancestors ${new URL(url).origin}`);
  expect(policy.split(',')).toHaveLength(1);
  const pages = await page.request.get(`${app.url}/review`).then((answer) => answer.headers());
  expect(pages['x-frame-options']).toBe('DENY');
});
