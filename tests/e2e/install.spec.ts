import { expect, type Page, test } from '@playwright/test';
import { STARTUP_IMAGES } from '#lib/client/home-screen.ts';
import { SHELLS } from '#lib/client/worker-rules.ts';
import { CARD_FRAME_URLS } from '#lib/contract/card-frame.ts';

// What a phone is promised of an app on its home screen: the checklist of the iOS reference, §3.
test.use({ serviceWorkers: 'allow' });

/** All that the worker holds when it is installed. It is fetched over a phone's network, so it is bounded. */
const HELD_BYTES = 2_200_000;

/** The attribute of every element that matches, in order. */
const all = (page: Page, selector: string, attribute: string) =>
  page.locator(selector).evaluateAll((found, name) => found.map((one) => one.getAttribute(name)), attribute);

test('a page names all that a phone needs to keep it, each as large as it says', async ({ page, request }) => {
  await page.goto('/');
  expect(await page.evaluate(() => isSecureContext)).toBe(true);
  expect(await all(page, 'meta[name="apple-mobile-web-app-capable"]', 'content')).toEqual(['yes']);
  expect(await all(page, 'meta[name="apple-mobile-web-app-status-bar-style"]', 'content')).toEqual(['default']);
  const [viewport] = await all(page, 'meta[name="viewport"]', 'content');
  expect(viewport).toContain('viewport-fit=cover');
  expect(viewport).not.toMatch(/user-scalable|maximum-scale/);
  expect(await all(page, 'meta[name="theme-color"]', 'media')).toEqual([
    '(prefers-color-scheme: light)',
    '(prefers-color-scheme: dark)',
  ]);
  const splash = 'link[rel="apple-touch-startup-image"]';
  expect(await all(page, splash, 'href')).toEqual(STARTUP_IMAGES.map(({ url }) => url));
  expect(await all(page, splash, 'media')).toEqual(STARTUP_IMAGES.map(({ media }) => media));
  const links = await all(
    page,
    `link[rel~="icon"], link[rel="apple-touch-icon"], link[rel="manifest"], ${splash}`,
    'href',
  );
  const answers = await Promise.all(links.map((href) => request.get(href ?? '')));
  expect(answers.filter((answer) => !answer.ok()).map((answer) => answer.url())).toEqual([]);
});

test('one manifest, with icons of the size that they say', async ({ page, request }) => {
  await page.goto('/');
  const [href, ...more] = await all(page, 'link[rel="manifest"]', 'href');
  expect(more).toEqual([]);
  const answer = await request.get(href ?? '');
  expect(answer.headers()['content-type']).toContain('application/manifest+json');
  const { icons, ...told } = await answer.json();
  expect(told).toMatchObject({ id: '/', name: 'Lifeline', start_url: '/', scope: '/', display: 'standalone' });
  const drawn = await page.evaluate(
    (urls: string[]) =>
      Promise.all(
        urls.map(async (src) => {
          const image = new Image();
          image.src = src;
          await image.decode();
          return `${image.naturalWidth}x${image.naturalHeight}`;
        }),
      ),
    icons.map(({ src }: { src: string }) => src),
  );
  expect(icons.map(({ sizes }: { sizes: string }) => sizes)).toEqual(drawn);
  expect(icons.map(({ purpose, sizes }: { purpose: string; sizes: string }) => `${purpose} ${sizes}`)).toEqual([
    'any 192x192',
    'any 512x512',
    'maskable 512x512',
  ]);
});

test('what a page begins with is compiled ahead', async ({ request }) => {
  const html = await (await request.get('/')).text();
  const scripts = [...html.matchAll(/<script src="([^"]+)" async=""/g)].map(([, src = '']) => src);
  expect(scripts.length).toBeGreaterThan(3);
  for (const src of scripts) {
    expect(await (await request.get(src)).text(), src).toMatch(/^\/\/# allFunctionsCalledOnLoad\n/);
  }
});

test('after the first load the worker answers, and holds every page whole, in few bytes', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto('/');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const held = await page.evaluate(async () => {
    const [name = ''] = (await caches.keys()).filter((one) => one.includes('precache'));
    const cache = await caches.open(name);
    const requests = await cache.keys();
    return Promise.all(
      requests.map(async ({ url }) => {
        const answer = await cache.match(url);
        const address = new URL(url);
        address.searchParams.delete('__WB_REVISION__');
        const bytes = (await answer?.arrayBuffer())?.byteLength ?? 0;
        return { path: address.pathname + address.search, status: answer?.status, bytes };
      }),
    );
  });
  const paths = held.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining([...SHELLS, ...CARD_FRAME_URLS]));
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths.filter((path) => path.startsWith('/_next/static/')).length).toBeGreaterThan(5);
  expect(held.filter(({ status }) => status !== 200)).toEqual([]);
  expect(paths.filter((path) => /^\/(api|icons|splash)\//.test(path))).toEqual([]);
  const total = held.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`The worker holds ${held.length} files, ${(total / 1e6).toFixed(2)} MB before compression.`);
  expect(total).toBeLessThan(HELD_BYTES);
  expect(complaints).toEqual([]);
});
