import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { msToSee, untilSeen, type WebKitPhone, webkit, webkitPhone } from '#tests/support/webkit-phone.ts';

/** Where the pictures are put that a person is to look at. */
const PICTURES = join('test-results', 'webkit');
/** No window of this browser is narrower; 320 is proven in Chromium. */
const SMALLEST = 334;
const SCREENS = [
  ['status', '/', /\bready\b/i],
  ['history', '/history', /\d %/],
  ['review', '/review', 'card'],
  ['setup', '/setup', /Setup/],
] as const;

describe.skipIf(webkit === null).each(['light', 'dark'] as const)('in WebKit, %s', (scheme) => {
  let phone: WebKitPhone;
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    phone = await webkitPhone({ dark: scheme === 'dark' });
    return phone.stop;
  }, 60_000);

  test.each(SCREENS)('%s is as wide as the phone, also a smaller one', async (name, path, wanted) => {
    const { page, url } = phone;
    await msToSee(page, url + path, wanted);
    const looks = () =>
      page.evaluate(() => ({
        width: innerWidth,
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        isDark: matchMedia('(prefers-color-scheme: dark)').matches,
      }));
    expect(await looks()).toEqual({ width: 390, over: 0, isDark: scheme === 'dark' });
    // Only for the picture: what comes later is to be on it.
    await pause(1_000);
    await page.screenshot(join(PICTURES, `${name}-${scheme}.png`));
    await page.resize(SMALLEST, 693);
    expect(await looks()).toEqual({ width: SMALLEST, over: 0, isDark: scheme === 'dark' });
    await page.resize(390, 844);
  });

  test('a server that has gone is told', async () => {
    const { page, url, server } = phone;
    await server.stop();
    await page.open(`${url}/`);
    await untilSeen(page, /\bdown\b/i);
    await untilSeen(page, /not running/i);
    await page.screenshot(join(PICTURES, `down-${scheme}.png`));
  });
});
