import { beforeAll, describe, expect, test } from 'vitest';
import { ledgerSchema } from '#lib/contract/review.ts';
import { ISOLATED, reachedFromFrame } from '#tests/support/isolation.ts';
import { untilSeen, type WebKitPhone, webkit, webkitPhone } from '#tests/support/webkit-phone.ts';

const FRAME = '[data-card-frame] iframe';

describe.skipIf(webkit === null)('in WebKit, the review', () => {
  let phone: WebKitPhone;
  beforeAll(async () => {
    phone = await webkitPhone();
    await phone.page.open(`${phone.url}/review`);
    return phone.stop;
  }, 60_000);

  /** What the card says, asked in the document of its frame. */
  const card = async (): Promise<string> => {
    await phone.page.enter(FRAME);
    const text = await phone.page.evaluate(() => document.querySelector('#qa')?.textContent ?? '');
    await phone.page.enter(null);
    return text;
  };

  /** Whether a press is meant for the card that is shown: not yet for 0.2 s after it came. */
  const isAwake = (): Promise<boolean> =>
    phone.page.evaluate(() => document.querySelector('[data-ease]')?.getAttribute('aria-disabled') === 'false');

  test('shows a card in a frame of nobody’s origin, which reaches neither the page nor what it keeps', async () => {
    await untilSeen(phone.page, 'card');
    expect(await card()).toContain('question');
    await phone.page.enter(FRAME);
    const reached = await phone.page.evaluate(reachedFromFrame);
    await phone.page.enter(null);
    expect(reached).toEqual(ISOLATED);
  });

  test('turns it over, and what is pressed is counted in Anki once', async () => {
    const { page, url } = phone;
    const front = await card();
    await expect.poll(isAwake).toBe(true);
    await page.tap('[data-show]');
    await expect.poll(card).toContain('answer');
    await expect.poll(isAwake).toBe(true);
    await page.tap('[data-ease="3"]');
    await expect.poll(card).not.toContain(front);
    const ledger = async () =>
      ledgerSchema.parse(await (await fetch(`${url}/api/review/ledger?limit=10`)).json()).entries;
    await expect
      .poll(async () => (await ledger()).map(({ ease, answer }) => [ease, answer.status]), { timeout: 20_000 })
      .toEqual([[3, 'applied']]);
  });
});
