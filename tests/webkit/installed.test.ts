import { beforeAll, describe, expect, test } from 'vitest';
import { SHELLS } from '#lib/client/worker-rules.ts';
import { secondBuild } from '#tests/support/second-build.ts';
import {
  msToSee,
  untilControlled,
  untilSeen,
  type WebKitPhone,
  webkit,
  webkitPhone,
} from '#tests/support/webkit-phone.ts';

/** What is promised of a start from what the phone keeps. */
const READABLE_MS = 1_000;
/** The machine is shared with other tests: the best of so many starts counts. */
const STARTS = 5;
/** What there is to read on each screen. */
const SCREENS = [
  ['/', /\bready\b/i],
  ['/history', /\d %/],
  ['/review', 'card'],
  ['/setup', /Setup/],
] as const;

const UNREACHABLE = /Mac unreachable since \d\d:\d\d, showing \d\d:\d\d/;

const tab = (path: string) => `nav[aria-label="Screens"] a[href="${path}"]`;

// One phone that is followed from its first visit on: each test begins where the one before has ended.
describe.skipIf(webkit === null)('in WebKit, the installed app', () => {
  let phone: WebKitPhone;
  let removeBuild = () => {};
  beforeAll(async () => {
    phone = await webkitPhone();
    return async () => {
      await phone.stop();
      removeBuild();
    };
  }, 60_000);

  /** From the beginning of the document until it can be read: the shortest of a few starts, or the first that is short enough. */
  const readableAfter = async (path: string, wanted: RegExp | 'card'): Promise<number> => {
    let best = Number.POSITIVE_INFINITY;
    for (let start = 0; start < STARTS && best >= READABLE_MS; start += 1) {
      best = Math.min(best, await msToSee(phone.page, phone.url + path, wanted));
    }
    return best;
  };

  const expectReadableAtOnce = async () => {
    for (const [path, wanted] of SCREENS) expect(await readableAfter(path, wanted), path).toBeLessThan(READABLE_MS);
  };

  test('has a worker after its first visit, which holds every page, all of it whole', async () => {
    const { page, url } = phone;
    await page.open(`${url}/`);
    await untilSeen(page, /\bready\b/i);
    await untilControlled(page);
    const held = await page.evaluate(async () => {
      const names = (await caches.keys()).filter((name) => name.includes('precache'));
      const found = names.map(async (name) => {
        const cache = await caches.open(name);
        const requests = await cache.keys();
        return requests.map(async (request) => ({
          path: new URL(request.url).pathname,
          status: (await cache.match(request))?.status ?? 0,
        }));
      });
      return Promise.all((await Promise.all(found)).flat());
    });
    expect(held.map(({ path }) => path)).toEqual(expect.arrayContaining([...SHELLS]));
    expect(held.filter(({ status }) => status !== 200)).toEqual([]);
    // A warm cache: each screen was looked at once.
    for (const [path, wanted] of SCREENS) await msToSee(page, url + path, wanted);
  });

  test('opens every screen at once while the Mac sleeps, which accepts and never answers', async () => {
    process.kill(phone.app().pid, 'SIGSTOP');
    await expectReadableAtOnce();
  });

  test('goes from tab to tab within a second while it sleeps', async () => {
    const { page, url } = phone;
    await msToSee(page, `${url}/`, /\bready\b/i);
    const asleep = [SCREENS[1], SCREENS[3], SCREENS[2], SCREENS[0]] as const;
    const best: Record<string, number> = {};
    for (const [path, wanted] of [...asleep, ...asleep]) {
      await page.tap(tab(path));
      const tapped = performance.now();
      await expect.poll(() => page.evaluate(() => location.pathname), { interval: 20, timeout: 10_000 }).toBe(path);
      best[path] = Math.min(best[path] ?? Number.POSITIVE_INFINITY, performance.now() - tapped);
      await untilSeen(page, wanted);
    }
    expect(Object.entries(best).filter(([, ms]) => ms >= READABLE_MS)).toEqual([]);
  });

  test('says since when the Mac is out of reach, and what may be the matter', async () => {
    const { page, url } = phone;
    await msToSee(page, `${url}/history`, UNREACHABLE);
    await msToSee(page, `${url}/`, UNREACHABLE);
    await untilSeen(page, /Tailscale is off on this phone/);
    process.kill(phone.app().pid, 'SIGCONT');
    await untilSeen(page, /^(?![\s\S]*unreachable)[\s\S]*\bready\b/i);
  });

  test('opens every screen at once with Lifeline gone', async () => {
    await phone.killApp();
    await expectReadableAtOnce();
  });

  test('shows a newer build with the second load, and from then on also without the Mac', async () => {
    const { page, url } = phone;
    const build = await secondBuild('second-build', { ' · Lifeline': ' · second-build' });
    removeBuild = build.remove;
    await phone.restartApp(build.folder);
    const taken = page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
          void navigator.serviceWorker.getRegistration().then((registration) => registration?.update());
        }),
    );
    await taken;
    await msToSee(page, `${url}/history`, /\d %/);
    expect(await page.evaluate(() => document.title)).toBe('History · second-build');
    await phone.killApp();
    await msToSee(page, `${url}/history`, /\d %/);
    expect(await page.evaluate(() => document.title)).toBe('History · second-build');
  });
});
