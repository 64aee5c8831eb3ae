import { expect, test } from '@playwright/test';
import { type CardDriver, driveCards } from '#tests/support/card-driver.ts';

let cards: CardDriver;
test.beforeAll(async ({ browser }) => {
  cards = await driveCards(browser);
});
test.afterAll(() => cards.close());

/** The colours in the four corners of the frame, as they are on the screen. */
async function corners(): Promise<readonly string[]> {
  const { page } = cards;
  const png = (await page.locator('iframe').screenshot()).toString('base64');
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const pen = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    pen?.drawImage(picture, 0, 0);
    const [right, bottom] = [picture.width - 3, picture.height - 3];
    const places = [[2, 2] as const, [right, 2] as const, [2, bottom] as const, [right, bottom] as const];
    return places.map(([x, y]) => [...(pen?.getImageData(x, y, 1, 1).data.slice(0, 3) ?? [])].join(' '));
  }, png);
}

const all = (colour: string) => Array.from({ length: 4 }, () => colour);

test('the colour of a card fills all of its frame, as in Anki', async () => {
  const question = '<style>.card{background-color:#1d3557;color:#eee}</style>short';
  await cards.show({ question });
  await expect.poll(corners).toEqual(all('29 53 87'));
});

test('a card without a colour is white by day and dark by night, in all of its frame', async () => {
  await cards.show({ question: 'short' });
  await expect.poll(corners).toEqual(all('255 255 255'));
  await cards.change({ night: true });
  await expect.poll(corners).toEqual(all('28 28 30'));
});
