import { type Browser, expect, test } from '@playwright/test';
import { type CardDriver, driveCards } from '#tests/support/card-driver.ts';
import { type EvilServer, startEvilServer } from '#tests/support/card-page.ts';
import { HOSTILE_CARDS, HOSTILE_SCRIPTS } from '#tests/support/hostile-cards.ts';

let cards: CardDriver;
let evil: EvilServer;

const openCards = async (browser: Browser): Promise<void> => {
  cards = await driveCards(browser, {
    'page.html': { type: 'text/html', body: '<script>parent.postMessage({ type: "ready" }, "*")</script>' },
  });
  await cards.page.evaluate(() => localStorage.setItem('secret', 'token'));
};

test.beforeAll(async ({ browser }) => {
  await openCards(browser);
  evil = await startEvilServer();
});
test.afterAll(async () => {
  await cards.close();
  await evil.close();
});
test.beforeEach(() => {
  evil.hits.length = 0;
});

/** Whatever a card does: the page is the same and well, and the next card is shown as if nothing had been. */
async function expectWell(): Promise<void> {
  const { page, server, show, inside, wishes } = cards;
  expect(page.context().pages()).toHaveLength(1);
  expect(page.url()).toBe(`${server.url}/`);
  expect(await page.title()).toBe('cards');
  await show({ question: 'The next card' });
  await expect(inside.getByText('The next card')).toBeVisible();
  expect(await wishes()).toEqual([]);
}

test.describe('by its HTML and CSS a card reaches nobody, and gets nowhere', () => {
  for (const { name, html } of HOSTILE_CARDS) {
    test(name, async () => {
      const { page, inside, show, change, wishes } = cards;
      const question = html(evil.url);
      const typed = [{ field: 'Front', expected: 'secret', ignoresAccents: false }];
      await show({ question, answer: question, typed });
      await change({ side: 'answer' });
      const go = inside.locator('#go');
      if ((await go.count()) > 0) await go.first().click({ force: true });
      await page.waitForTimeout(300);
      // It may ask for its link to be opened, which the person then decides, and be tapped.
      expect((await wishes()).filter(({ type }) => type !== 'link' && type !== 'tap')).toEqual([]);
      await expectWell();
      expect(evil.hits).toEqual([]);
    });
  }
});

test.describe('by scripts that were let run a card tells nobody anything, and gets nowhere', () => {
  for (const { name, html } of HOSTILE_SCRIPTS) {
    test(name, async () => {
      const { page, show, wishes } = cards;
      await show({ question: html(evil.url), scripts: true });
      await page.waitForTimeout(700);
      expect(await wishes()).toEqual([]);
      await expectWell();
      // Chromium connects before it asks the policy. Nothing is said over that connection.
      expect(evil.hits.filter((hit) => hit !== 'CONNECT')).toEqual([]);
    });
  }
});

const LOOP = '<p>Words</p><script>for (;;);</script>';
const FLOOD =
  '<p>Words</p><script>setInterval(() => { for (let i = 0; i < 1e4; i++) parent.postMessage(i, "*") })</script>';

test.describe('scripts that were let run and do not stop', () => {
  // In a page of their own: a process that hangs is shared by what other cards have left in this one.
  test.beforeEach(async ({ browser }) => {
    await cards.close();
    await openCards(browser);
  });

  for (const [name, question, answer] of [
    ['an endless loop in the question', LOOP, 'back'],
    ['a flood of messages', FLOOD, 'back'],
    ['an endless loop later', '<p>Words</p><script>setTimeout(() => { for (;;); }, 300)</script>', '<p>Words</p>'],
  ] as const) {
    test(`${name}: the page stays usable, and the card is shown without them`, async () => {
      const { page, show, change, inside, state } = cards;
      const showing = show({ question, answer, scripts: true });
      const startedAt = Date.now();
      await page.evaluate(() => new Promise(requestAnimationFrame));
      expect(Date.now() - startedAt).toBeLessThan(1_000);
      await showing;
      if (name.includes('later')) {
        await page.waitForTimeout(500);
        await change({ side: 'answer' });
      }
      await expect.poll(state, { timeout: 30_000 }).toMatchObject({ kind: 'shown', scriptsStopped: true });
      await expect(inside.getByText('Words')).toBeVisible();
      await expectWell();
    });
  }
});

test('after an endless loop that nobody waited for, the next card is there all the same', async () => {
  const { page, show, inside } = cards;
  await show({ question: '<script>setTimeout(() => { for (;;); }, 100)</script>', scripts: true });
  await page.waitForTimeout(300);
  await show({ question: 'Soon' });
  await expect(inside.getByText('Soon')).toBeVisible({ timeout: 20_000 });
});

test.describe('a frame that is not what it should be', () => {
  for (const [name, headers, body] of [
    ['gets no card where its origin is ours', {}, '<script>parent.postMessage({ type: "ready" }, "*")</script>'],
    ['and says nothing is given up, and the card’s words are shown', {}, 'Bad gateway'],
  ] as const) {
    test(name, async () => {
      const { page, show, state } = cards;
      await page.route('**/card-frame?images=1', (route) => route.fulfill({ headers, contentType: 'text/html', body }));
      await show({ question: 'secret', remoteImages: true });
      await expect.poll(state, { timeout: 8_000 }).toMatchObject({ kind: 'failed' });
      await expect(page.locator('iframe')).toHaveCount(0);
      await page.unroute('**/card-frame?images=1');
      await expectWell();
    });
  }
});
