import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { SETTINGS_KEY } from '#lib/client/review/settings.ts';
import type { DecksView } from '#lib/contract/review.ts';
import { DAY } from '#lib/domain/time.ts';
import { sampleCard, sampleHand } from '#tests/support/sample-review.ts';
import { openWithSamples, type SampleReviewApi } from '#tests/support/sample-review-api.ts';
import { scriptSpeech } from '#tests/support/scripted-speech.ts';

const deck = (id: number, name: string, review: number) => ({ id, name, counts: { new: 1, learning: 0, review } });
const DECKS: DecksView = {
  decks: [
    deck(1, 'Anatomy', 3),
    deck(2, 'Languages', 12),
    deck(3, 'Languages::Español', 7),
    deck(4, 'Languages::Español::Verbos', 2),
    deck(5, 'Languages::日本語', 5),
  ],
};

const noViolations = async (page: Page) => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });

test.describe('the choice of a deck', () => {
  const open = async (page: Page, api: SampleReviewApi = {}) => {
    await openWithSamples(page, { decks: () => DECKS, ...api });
    await page.getByRole('button', { name: /^Deck:/ }).click();
    return dialog(page, 'Decks');
  };

  test('shows the tree with what is due, marks the chosen one, and closes with the choice', async ({ page }) => {
    const sheet = await open(page);
    await expect(sheet.getByRole('treeitem')).toHaveCount(5);
    await expect(sheet.getByRole('treeitem', { name: /^Español ?, 1 new, 0 learning, 7 to review$/ })).toHaveAttribute(
      'aria-level',
      '2',
    );
    await expect(sheet.getByRole('button', { name: /^All decks ?, 2 new, 0 learning, 15 to review$/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await noViolations(page);
    const asked = page.waitForRequest(/hand\?.*deck=Languages%3A%3AEspa/);
    await sheet.getByRole('treeitem', { name: /^Español/ }).click();
    await asked;
    await expect(sheet).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Deck: Español' })).toBeFocused();
  });

  test('is made by keyboard alone', async ({ page }) => {
    const sheet = await open(page);
    const lines = sheet.getByRole('treeitem');
    await lines.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    await expect(lines).toHaveCount(2);
    await expect(lines.nth(1)).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    await expect(lines.last()).toBeFocused();
    const asked = page.waitForRequest(/hand\?.*deck=Languages%3A%3A%E6%97%A5/);
    await page.keyboard.press('Enter');
    await asked;
  });

  test('is searched whatever the accents', async ({ page }) => {
    const sheet = await open(page);
    await sheet.getByRole('searchbox', { name: 'Search decks' }).fill('espanol verb');
    await expect(sheet.getByRole('treeitem')).toHaveCount(3);
    await sheet.getByRole('searchbox', { name: 'Search decks' }).fill('zzz');
    await expect(sheet.getByText('No deck is called so.')).toBeVisible();
  });

  test('says why there is none, and asks again', async ({ page }) => {
    let answer: DecksView | 'fails' = 'fails';
    const sheet = await open(page, { decks: () => answer });
    await expect(sheet.getByText('No answer came from the Mac.')).toBeVisible();
    answer = DECKS;
    await sheet.getByRole('button', { name: 'Try again' }).click();
    await expect(sheet.getByRole('treeitem')).toHaveCount(5);
  });

  test('says so where Anki names none', async ({ page }) => {
    const sheet = await open(page, { decks: () => ({ decks: [] }) });
    await expect(sheet.getByText('Anki names no decks.')).toBeVisible();
  });
});

test.describe('settings', () => {
  test('are words and switches, hold at once, and are there again', async ({ page }) => {
    await openWithSamples(page);
    await page.getByRole('button', { name: 'Review settings' }).click();
    const sheet = dialog(page, 'Review settings');
    await noViolations(page);
    await sheet.getByRole('switch', { name: 'Hands-free' }).click();
    await sheet.getByRole('switch', { name: 'Basic' }).click();
    await sheet.getByRole('switch', { name: 'Languages::Spanish 1' }).click();
    await sheet.getByRole('slider', { name: 'Speed of the voice' }).fill('1.4');
    const kept = await page.evaluate((key) => localStorage.getItem(key) ?? '', SETTINGS_KEY);
    expect(JSON.parse(kept)).toMatchObject({
      handsFree: true,
      scriptedNoteTypes: ['Basic'],
      remoteImageDecks: ['Languages::Spanish 1'],
      speechRate: 1.4,
    });
    await sheet.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('button', { name: 'Start hands-free' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('button', { name: 'Start hands-free' })).toBeVisible();
  });

  test('can take back what was allowed for other cards', async ({ page }) => {
    await page.addInitScript(([key, value]) => localStorage.setItem(key, value), [
      SETTINGS_KEY,
      JSON.stringify({ scriptedNoteTypes: ['Old type'] }),
    ] as const);
    await openWithSamples(page);
    await page.getByRole('button', { name: 'Review settings' }).click();
    const old = page.getByRole('switch', { name: 'Old type' });
    await expect(old).toBeChecked();
    await old.click();
    await expect(old).toHaveCount(0);
  });
});

test.describe('progress', () => {
  const open = async (page: Page, api: SampleReviewApi = {}) => {
    await openWithSamples(page, api);
    await page.getByRole('button', { name: /^Progress/ }).click();
    return page.getByRole('dialog');
  };
  const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

  test('shows the last weeks, in words and as a table too', async ({ page }) => {
    await page.clock.setFixedTime(new Date().setHours(12, 0, 0, 0));
    const days = [4, 3, 2, 0].map((back) => ({ day: ago(back), reviews: 10 + back }));
    const sheet = await open(page, { activity: () => ({ days }) });
    await expect(sheet.getByRole('heading', { name: /10 reviews today\.$/ })).toBeVisible();
    await expect(sheet.getByText('1 day.')).toBeVisible();
    await expect(sheet.getByRole('img', { name: /^49 reviews on 4 of the last 1\d\d days\.$/ })).toBeVisible();
    await sheet.getByText('Show figures').click();
    await expect(sheet.getByRole('row')).toHaveCount(5);
    await noViolations(page);
  });

  test('says that nothing was reviewed, and of when that is once the Mac does not say', async ({ page }) => {
    let isKnown = true;
    const sheet = await open(page, { activity: () => (isKnown ? { days: [] } : 'fails') });
    await expect(sheet.getByText('No review yet today.')).toBeVisible();
    isKnown = false;
    await page.reload();
    await page.getByRole('button', { name: /^Progress/ }).click();
    await expect(page.getByRole('dialog').getByText(/^Mac unreachable since .+, showing \d/)).toBeVisible();
    await expect(sheet.getByText('No review yet today.')).toBeVisible();
  });
});

test.describe('what is heard', () => {
  const CARD = sampleCard({ languages: { front: 'es-ES', back: 'en-US' } });
  const said = (page: Page) => page.evaluate(() => window.spoken.filter(({ text }) => text.trim() !== ''));
  const hearing = async (page: Page, handsFree: boolean) => {
    await page.addInitScript(scriptSpeech);
    await page.addInitScript(([key, value]) => localStorage.setItem(key, value), [
      SETTINGS_KEY,
      JSON.stringify({ handsFree }),
    ] as const);
    await openWithSamples(page, { hand: () => sampleHand({ cards: [CARD, { ...CARD, cardId: 2 }] }) });
    await expect(page.getByRole('button', { name: 'Show answer' })).toBeVisible();
  };

  test('is the side that is shown, in its language', async ({ page }) => {
    await hearing(page, false);
    await page.getByRole('button', { name: 'Read aloud' }).click();
    await expect.poll(() => said(page)).toMatchObject([{ text: 'el vaticinio', lang: 'es' }]);
  });

  test('is, hands-free, question and answer and nothing more: it waits for the grade', async ({ page }) => {
    await hearing(page, true);
    await page.getByRole('button', { name: 'Start hands-free' }).click();
    await expect(page.getByText('Waiting for your answer.')).toBeVisible({ timeout: 15_000 });
    expect((await said(page)).map(({ text }) => text)).toEqual(['el vaticinio', 'prophecy, prediction']);
    await noViolations(page);
    await page.getByRole('button', { name: /^Good/ }).click();
    await expect.poll(async () => (await said(page)).length).toBe(3);
  });

  test('ends, hands-free, with any press', async ({ page }) => {
    await hearing(page, true);
    await page.getByRole('button', { name: 'Start hands-free' }).click();
    await page.keyboard.press('Shift');
    await expect(page.getByText('Stopped. It goes on with the next card.')).toBeVisible();
    await page.getByRole('button', { name: 'Stop hands-free' }).click();
    await expect(page.getByRole('button', { name: 'Start hands-free' })).toBeVisible();
  });
});
