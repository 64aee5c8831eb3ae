import { setTimeout as pause } from 'node:timers/promises';
import { findWebKit } from '#scripts/webkit.mjs';
import { plainCollection } from './anki-samples.ts';
import { freePort, type RunningApp, startApp } from './running-app.ts';
import { type ScriptedAnkiConnect, scriptedAnkiConnect } from './scripted-ankiconnect.ts';
import { type ScriptedReviewServer, scriptedReviewServer } from './scripted-review-server.ts';
import { openWebKit, type WebKitPage } from './webkit-page.ts';

/** WebKitGTK where it is installed; without it the tests of this folder are skipped. */
export const webkit = findWebKit();

/** The built app with a scripted Anki and review server, and a phone of WebKit's that looks at it. */
export type WebKitPhone = {
  readonly page: WebKitPage;
  readonly url: string;
  readonly anki: ScriptedAnkiConnect;
  readonly server: ScriptedReviewServer;
  readonly app: () => RunningApp;
  /** The app's process ends at once. */
  readonly killApp: () => Promise<void>;
  /** It comes back at the same address, with nothing it kept; from another folder where one is told: see `secondBuild`. */
  readonly restartApp: (standalone?: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts all of it. Throws where there is no WebKitGTK. */
export async function webkitPhone({ dark = false, cards = 6 } = {}): Promise<WebKitPhone> {
  if (webkit === null) throw new Error('There is no WebKitGTK here.');
  const anki = await scriptedAnkiConnect({ collection: plainCollection({ cards }) });
  const server = await scriptedReviewServer({ parts: { ankiConnectUrl: anki.url, bridgeUrl: null } });
  const port = await freePort();
  const start = (standalone?: string) => {
    const options = { reviewServerUrl: server.url, ankiConnectUrl: anki.url, intervalMs: 1_000, port };
    return startApp(standalone === undefined ? options : { ...options, standalone });
  };
  let app = await start();
  const stopServers = async () => {
    await app.stop();
    await Promise.all([server.stop(), anki.stop()]);
  };
  const page = await openWebKit(webkit, { dark }).catch(async (error) => {
    await stopServers();
    throw error;
  });
  return {
    page,
    url: app.url,
    anki,
    server,
    app: () => app,
    killApp: async () => {
      process.kill(app.pid, 'SIGKILL');
      await app.stop();
    },
    restartApp: async (standalone) => {
      app = await start(standalone);
    },
    stop: async () => {
      await page.close().finally(stopServers);
    },
  };
}

type Look = {
  readonly isNew: boolean;
  readonly text: string;
  readonly sinceStartMs: number;
  readonly isCardShown: boolean;
};

declare global {
  interface Window {
    /** Of the document that another one is to follow. */
    isLeft?: boolean;
  }
}

const LOOK_MS = 2_000;

const lookAround = (): Look => ({
  isNew: window.isLeft === undefined,
  text: document.body?.innerText ?? '',
  sinceStartMs: performance.now(),
  isCardShown: document.querySelector('[data-card-frame="shown"]') !== null,
});

/** Whether what is there is what is waited for: words, or the card in its frame. */
type Wanted = RegExp | 'card';

const isThere = ({ text, isCardShown }: Look, wanted: Wanted): boolean =>
  wanted === 'card' ? isCardShown : wanted.test(text);

/** Looks until it is there; tells how long after the document's beginning it was, by the page's own clock. Throws with what was there instead. */
export async function untilSeen(page: WebKitPage, wanted: Wanted, withinMs = 15_000): Promise<number> {
  const deadline = performance.now() + withinMs;
  let last = 'nothing';
  while (performance.now() < deadline) {
    // Between two documents there is nothing to look at, and nobody to answer.
    const look = await Promise.race([
      page.evaluate(lookAround).catch((error: Error) => error.message),
      pause(LOOK_MS, 'no answer from the page'),
    ]);
    if (typeof look === 'object' && look.isNew && isThere(look, wanted)) return look.sinceStartMs;
    last = typeof look === 'object' ? look.text : look;
    await pause(10);
  }
  throw new Error(`not seen within ${withinMs} ms: ${wanted}; there was: ${last}`);
}

/** Opens an address as a new document, and tells how long after its beginning the wanted was there. */
export async function msToSee(page: WebKitPage, url: string, wanted: Wanted): Promise<number> {
  await page.evaluate(() => {
    window.isLeft = true;
  });
  await page.open(url);
  return untilSeen(page, wanted);
}

/** Waits until the page's worker holds all it is to hold and answers for the page. */
export const untilControlled = (page: WebKitPage): Promise<void> =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller !== null) return;
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
  });
