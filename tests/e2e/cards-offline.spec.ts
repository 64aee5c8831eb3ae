import { expect, type Page, test } from '@playwright/test';
import { CARD_FRAME_URLS, CARD_MATH_URL } from '#lib/contract/card-frame.ts';
import { startApp } from '#tests/support/running-app.ts';
import { scriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import { scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

test.use({ serviceWorkers: 'allow' });

/** Opens a frame as the card host does, and tells the origin from which it says that it is there. */
const originOf = (page: Page, url: string) =>
  page.evaluate(
    (src) =>
      new Promise<string>((resolve) => {
        const frame = document.createElement('iframe');
        const give = (origin: string) => {
          frame.remove();
          resolve(origin);
        };
        addEventListener('message', ({ source, origin, ports }) => {
          if (source === frame.contentWindow && ports.length === 1) give(origin);
        });
        setTimeout(() => give('none'), 5_000);
        frame.src = src;
        document.body.append(frame);
      }),
    url,
  );

test('with Lifeline gone the frames still open, of no origin, and MathJax is there once it was needed', async ({
  page,
}) => {
  const anki = await scriptedAnkiConnect();
  const server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  const app = await startApp({ reviewServerUrl: server.url, ankiConnectUrl: anki.url, intervalMs: 1_000 });
  const mathLength = () =>
    page.evaluate(
      (url) =>
        fetch(url)
          .then((answer) => answer.text())
          .then(
            (text) => text.length,
            () => 0,
          ),
      CARD_MATH_URL,
    );
  try {
    await page.goto(app.url);
    await page.evaluate(async () => navigator.serviceWorker.ready);
    await page.reload();
    for (const url of CARD_FRAME_URLS) expect(await originOf(page, url)).toBe('null');
    expect(await mathLength()).toBeGreaterThan(1_000_000);
  } finally {
    await app.stop();
    await Promise.all([server.stop(), anki.stop()]);
  }
  await page.goto(`${app.url}/`);
  for (const url of CARD_FRAME_URLS) expect(await originOf(page, url)).toBe('null');
  expect(await mathLength()).toBeGreaterThan(1_000_000);
});
