import { type Browser, expect, type Frame, type FrameLocator, type Page } from '@playwright/test';
import { type CardPageServer, type File, startCardPage } from './card-page.ts';
import type { CardPage } from './card-page-client.ts';

type Shows = Parameters<CardPage['show']>[0];
type Change = Parameters<CardPage['change']>[0];
export type Wish = { readonly type: string; readonly [name: string]: unknown };

/** A page that shows cards, as a test works it. */
export type CardDriver = {
  readonly server: CardPageServer;
  readonly page: Page;
  readonly inside: FrameLocator;
  /** The document in the frame now. */
  readonly frame: () => Frame;
  /** Shows a card; resolves when its frame has painted it, or the page has given up on it. */
  readonly show: (card: Shows) => Promise<void>;
  readonly change: (part: Change) => Promise<void>;
  readonly state: () => Promise<CardPage['states'][number] | undefined>;
  /** What cards have wished for since it was last asked. */
  readonly wishes: () => Promise<readonly Wish[]>;
  readonly close: () => Promise<void>;
};

export async function driveCards(browser: Browser, files: Readonly<Record<string, File>> = {}): Promise<CardDriver> {
  const server = await startCardPage(files);
  const context = await browser.newContext({ colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.waitForFunction(() => 'cardPage' in window);
  const settled = () =>
    page.waitForFunction(() => ['shown', 'failed'].includes(window.cardPage.states.at(-1)?.kind ?? ''));

  return {
    server,
    page,
    inside: page.frameLocator('iframe'),
    frame: () => {
      const frame = page.frames()[1];
      expect(frame).toBeDefined();
      return frame as Frame;
    },
    show: async (card) => {
      await page.evaluate((shows) => {
        window.cardPage.states.length = 0;
        window.cardPage.show(shows);
      }, card);
      await settled();
    },
    change: async (part) => {
      await page.evaluate((changed) => {
        window.cardPage.states.length = 0;
        window.cardPage.change(changed);
      }, part);
      if ('side' in part) await settled();
    },
    state: () => page.evaluate(() => window.cardPage.states.at(-1)),
    wishes: async () => (await page.evaluate(() => window.cardPage.said.splice(0))) as readonly Wish[],
    close: async () => {
      await context.close();
      await server.close();
    },
  };
}
