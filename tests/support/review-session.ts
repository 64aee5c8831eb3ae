import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type * as z from 'zod/mini';
import { ledgerSchema } from '#lib/contract/review.ts';
import type { Collection } from './anki-collection.ts';
import type { AnkiState } from './ankiconnect-answers.ts';
import { freePort, type RunningApp, startApp } from './running-app.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from './scripted-ankiconnect.ts';

type LedgerEntry = z.infer<typeof ledgerSchema>['entries'][number];

/** A Mac with Anki, the built app, and a review server that does not run. */
export type ReviewMac = {
  readonly anki: ScriptedAnkiConnect;
  readonly url: string;
  readonly app: () => RunningApp;
  /** The app's process dies at once, as at a power cut. */
  readonly kill: () => Promise<void>;
  /** It comes back with its data, at the same address. */
  readonly restart: () => Promise<void>;
  /** What became of every grade, oldest first. */
  readonly ledger: () => Promise<readonly LedgerEntry[]>;
  /** The reviews that Anki's log has since this Mac was made, as `[id, card, ease]`. */
  readonly reviews: () => readonly (readonly [number, number, number])[];
  readonly stop: () => Promise<void>;
};

/** Starts all of it on loopback. Anki's reviewer is closed unless told. */
export async function reviewMac(collection: Collection, state: AnkiState = 'no-reviewer'): Promise<ReviewMac> {
  const known = new Set(collection.revlog.rows.map(({ id }) => id));
  const dataDir = await mkdtemp(join(tmpdir(), 'lifeline-review-'));
  const anki = await scriptedAnkiConnect({ collection, state });
  const port = await freePort();
  const reviewServerUrl = `http://127.0.0.1:${await freePort()}`;
  const start = () => startApp({ reviewServerUrl, ankiConnectUrl: anki.url, intervalMs: 1_000, dataDir, port });
  let app = await start();
  return {
    anki,
    url: app.url,
    app: () => app,
    kill: async () => {
      process.kill(app.pid, 'SIGKILL');
      await app.stop();
    },
    restart: async () => {
      app = await start();
    },
    ledger: async () => {
      const response = await fetch(`${app.url}/api/review/ledger?limit=500`);
      return ledgerSchema.parse(await response.json()).entries.toReversed();
    },
    reviews: () =>
      collection.revlog.rows
        .filter(({ id }) => !known.has(id))
        .map(({ id, cardId, ease }) => [id, cardId, ease] as const),
    stop: async () => {
      await app.stop();
      await anki.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Every press is in the ledger once, counted, and Anki's log has the same reviews and no other. */
export async function expectCountedOnce(mac: ReviewMac, eases: readonly number[]): Promise<void> {
  await expect
    .poll(async () => (await mac.ledger()).map(({ answer }) => answer.status), { timeout: 30_000 })
    .toEqual(eases.map(() => 'applied'));
  const entries = await mac.ledger();
  expect(entries.map(({ ease }) => ease)).toEqual(eases);
  const counted = entries.map(({ answer, cardId, ease }) => [revlogId(answer), cardId, ease]);
  expect(counted).toEqual(mac.reviews());
}

const revlogId = (answer: LedgerEntry['answer']): number | null =>
  answer.status === 'applied' ? answer.revlogId : null;

/** The review screen as a person uses it. */
export type ReviewPage = {
  readonly page: Page;
  readonly card: Locator;
  readonly gateway: Locator;
  readonly showAnswer: Locator;
  readonly answer: (word: 'Again' | 'Hard' | 'Good' | 'Easy') => Locator;
  readonly undo: Locator;
  /** The heading where cards were. */
  readonly end: Locator;
};

/**
 * Waits until a press is meant for the card that is shown: for 0.2 s after it came, none is, so that a double tap is one. A key
 * asks no button, and so waits for nothing by itself.
 */
export async function expectAwake({ page }: ReviewPage): Promise<void> {
  const press = page.getByRole('button', { name: /^(Show answer$|Next card$|Good)/ }).first();
  await expect(press).toHaveAttribute('aria-disabled', 'false');
}

/** Opens `/review` and waits for its first card; from then on a press is meant for it. */
export async function openReview(page: Page, url: string): Promise<ReviewPage> {
  await page.goto(`${url}/review`);
  const review = reviewPage(page);
  await expect(review.card).toContainText('question', { timeout: 15_000 });
  await expectAwake(review);
  return review;
}

export function reviewPage(page: Page): ReviewPage {
  return {
    page,
    card: page.getByRole('region', { name: 'Card' }).locator('iframe').contentFrame().locator('#qa'),
    gateway: page.getByTestId('gateway'),
    showAnswer: page.getByRole('button', { name: 'Show answer' }),
    answer: (word) => page.getByRole('button', { name: new RegExp(`^${word}(,|$)`) }),
    undo: page.getByRole('button', { name: /^Undo/ }),
    end: page.getByRole('heading', { level: 2 }).filter({ hasText: /Done for now|No more cards|Nothing is due/ }),
  };
}

/** The card's front, which both of its sides begin with. */
const frontOf = async (review: ReviewPage): Promise<string> =>
  (await review.card.innerText({ timeout: 1_000 })).split('\n')[0] ?? '';

/** Presses an answer, and waits until another card is there, or none. */
export async function answerAndGoOn(review: ReviewPage, word: 'Hard' | 'Good' | 'Easy'): Promise<void> {
  const before = await frontOf(review);
  await expect(review.answer(word)).toHaveAttribute('aria-disabled', 'false');
  await review.answer(word).click();
  await expect(async () => {
    if (await review.end.isVisible()) return;
    expect(await frontOf(review)).not.toBe(before);
  }).toPass({ timeout: 15_000 });
}
