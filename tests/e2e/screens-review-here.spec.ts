import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { answerWithSamples, type SampleApi, sampleDue } from '#tests/support/sample-api.ts';
import { sampleStart } from '#tests/support/sample-start.ts';
import { sampleStatus } from '#tests/support/sample-status.ts';

const DOWN: SampleApi = { status: () => sampleStatus('not-running', Date.now(), { start: sampleStart() }) };
const NO_WAY = () => sampleDue({ gateway: null, counts: null });

/** A phone that holds cards for the way. */
const keepCards = (page: Page, cards: number) =>
  page.addInitScript(([key, value]) => localStorage.setItem(key, value), [
    'lifeline.review.kept',
    JSON.stringify({ cards, at: Date.now() }),
  ] as const);

const review = (page: Page) => page.getByRole('main').getByRole('link', { name: /^(Review|Read|Look)/ });

test('while down the first thing to do is to review here, with how many are due', async ({ page }) => {
  await answerWithSamples(page, DOWN);
  await page.goto('/');
  await expect(review(page)).toHaveText('Review here · 12 due: 3 new · 2 learning · 7 to review');
  await expect(review(page)).toHaveAttribute('href', '/review');
  const order = await page.getByRole('main').locator('a, button:not(.rung-button)').allInnerTexts();
  const named = order.filter((text) => /^(Review here|Start server)/.test(text));
  expect(named.map((text) => text.slice(0, 6))).toEqual(['Review', 'Start ']);
  const [first, second] = await Promise.all([
    review(page).boundingBox(),
    page.getByRole('button', { name: 'Start server' }).boundingBox(),
  ]);
  expect(first?.y).toBe(second?.y);
  expect(first?.height).toBeGreaterThanOrEqual(44);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});

test('it stands there at once, and its number comes when Anki has answered', async ({ page }) => {
  await answerWithSamples(page, { ...DOWN, due: () => 'hangs' });
  await page.goto('/');
  await expect(review(page)).toHaveText('Review here');
});

test('where nobody can start the server, it stands alone', async ({ page }) => {
  await answerWithSamples(page, { status: () => sampleStatus('not-running', Date.now()) });
  await page.goto('/');
  await expect(review(page)).toHaveText(/^Review here · 12/);
  expect((await review(page).boundingBox())?.height).toBeLessThan(60);
});

test('a gateway that cannot count has no number', async ({ page }) => {
  await answerWithSamples(page, { ...DOWN, due: () => sampleDue({ gateway: 'review-server', counts: null }) });
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Start server' })).toBeVisible();
  await expect(review(page)).toHaveText('Review here');
});

test('where nothing is due or no way to Anki answers, it is not offered', async ({ page }) => {
  let due = NO_WAY();
  await answerWithSamples(page, { ...DOWN, due: () => due });
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Start server' })).toBeVisible();
  await expect(review(page)).toHaveCount(0);
  due = sampleDue({ counts: { new: 0, learning: 0, review: 0 } });
  await page.reload();
  await expect(page.getByRole('button', { name: 'Start server' })).toBeVisible();
  await expect(review(page)).toHaveCount(0);
});

test('while Anki is closed nothing is promised before it is known, but the cards on the phone', async ({ page }) => {
  await keepCards(page, 9);
  await answerWithSamples(page, {
    status: () => sampleStatus('anki-not-running', Date.now()),
    due: () => 'hangs',
  });
  await page.goto('/');
  await expect(review(page)).toHaveText('Review offline · 9 9 cards on this phone');
});

test('when the Mac does not answer, the cards on the phone are the first thing', async ({ page }) => {
  await keepCards(page, 9);
  await answerWithSamples(page, { status: () => 'fails', due: () => 'fails', history: () => 'fails' });
  await page.goto('/');
  await expect(review(page)).toHaveText('Review offline · 9 cards on this phone');
  const [link, steps] = await Promise.all([
    review(page).boundingBox(),
    page.getByText('Open the Tailscale app and turn it on.').boundingBox(),
  ]);
  expect(link?.y).toBeLessThan(steps?.y ?? 0);
  expect(link?.height).toBeLessThan(60);
});

test('when the Mac does not answer and nothing is kept, nothing is offered', async ({ page }) => {
  await answerWithSamples(page, { status: () => 'fails', due: () => 'fails', history: () => 'fails' });
  await page.goto('/');
  await expect(page.getByText('Open the Tailscale app and turn it on.')).toBeVisible();
  await expect(review(page)).toHaveCount(0);
});

test('who may not grade may read', async ({ page }) => {
  let cause: 'not-running' | 'healthy' = 'not-running';
  await answerWithSamples(page, {
    status: () => sampleStatus(cause, Date.now()),
    due: () => sampleDue({ mayGrade: false }),
  });
  await page.goto('/');
  await expect(review(page)).toHaveText(/^Read here · 12/);
  cause = 'healthy';
  await page.reload();
  await expect(page.getByText('3 new · 2 learning · 7 to review · reading only')).toBeVisible();
});

test.describe('while ready', () => {
  const card = (page: Page) =>
    page.locator('main section', { has: page.getByRole('link', { name: /^(Review|Look)$/ }) });

  for (const [what, due, title, note] of [
    ['how many are due', sampleDue(), '12 due', '3 new · 2 learning · 7 to review'],
    ['that nothing is', sampleDue({ counts: { new: 0, learning: 0, review: 0 } }), 'Nothing due', 'Done for now.'],
    ['that it is not known', sampleDue({ counts: null }), 'Cards due', 'How many cannot be told this way.'],
    ['that no way answers', NO_WAY(), 'No cards now', 'No way to Anki answers.'],
  ] as const) {
    test(`a quiet card says ${what}`, async ({ page }) => {
      await answerWithSamples(page, { due: () => due });
      await page.goto('/');
      await expect(card(page).getByRole('heading')).toHaveText(title);
      await expect(card(page)).toContainText(note);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    });
  }

  test('nothing moves when the number arrives', async ({ page }) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await answerWithSamples(page);
    await page.route('**/api/review/due', async (route) => {
      await held;
      await route.fulfill({ json: sampleDue() });
    });
    await page.goto('/');
    await expect(card(page)).toContainText('Asking Anki…');
    const below = page.getByRole('button', { name: 'My app shows an error' });
    await expect(page.getByRole('heading', { name: /^Latency/ })).toBeVisible();
    const before = await below.boundingBox();
    release();
    await expect(card(page)).toContainText('12 due');
    expect(await below.boundingBox()).toEqual(before);
  });
});
