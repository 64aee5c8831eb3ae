import { writeFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { WebKit } from '#scripts/webkit.mjs';
import { type WebKitScreen, webKitScreen } from './webkit-screen.ts';

/** A page in WebKitGTK's small browser, worked through WebDriver as a person would. Every call has a limit. */
export type WebKitPage = {
  /** Goes there and waits for nothing. */
  readonly open: (url: string) => Promise<void>;
  /** Runs a function, which refers to nothing outside itself, in the page or in the frame that was entered, and tells its result as JSON keeps it. */
  readonly evaluate: <Args extends readonly unknown[], Result>(
    run: (...args: Args) => Result,
    ...args: Args
  ) => Promise<Awaited<Result>>;
  /** Taps the middle of the first element of this CSS selector; throws when something else lies over it. */
  readonly tap: (selector: string) => Promise<void>;
  /** Works in the document of the first frame of this selector from now on; null: in the page. */
  readonly enter: (frame: string | null) => Promise<void>;
  readonly resize: (width: number, height: number) => Promise<void>;
  readonly screenshot: (file: string) => Promise<void>;
  /** Ends the browser and all that was started for it. */
  readonly close: () => Promise<void>;
};

const CALL_MS = 30_000;
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const reply = z.object({ value: z.unknown() });
const failure = z.object({ error: z.string(), message: z.string() });
const session = z.object({ sessionId: z.string() });
const elements = z.array(z.object({ [ELEMENT]: z.string() }));
const outcome = z.object({ result: z.optional(z.unknown()), thrown: z.optional(z.string()) });

type Ask = (method: 'POST' | 'GET' | 'DELETE', path: string, body?: object) => Promise<unknown>;

/** Opens a page of 390 × 844 points on a screen of its own. What it keeps is gone when it is closed. */
export async function openWebKit(webkit: WebKit, options: { readonly dark?: boolean } = {}): Promise<WebKitPage> {
  const screen = await webKitScreen(webkit, options);
  try {
    const page = await pageOn(screen, webkit.browser);
    await page.resize(390, 844);
    return page;
  } catch (error) {
    await screen.stop();
    throw error;
  }
}

async function pageOn(screen: WebKitScreen, binary: string): Promise<WebKitPage> {
  const browserOptions = { binary, args: ['--automation', '--full-screen'] };
  const wanted = {
    browserName: 'MiniBrowser',
    pageLoadStrategy: 'none',
    timeouts: { script: CALL_MS, pageLoad: CALL_MS, implicit: 0 },
    'webkitgtk:browserOptions': browserOptions,
  };
  const begun = await call('POST', `${screen.driver}/session`, { capabilities: { alwaysMatch: wanted } });
  const address = `${screen.driver}/session/${session.parse(begun).sessionId}`;
  const ask: Ask = (method, path, body) => call(method, `${address}${path}`, body);
  const evaluate = async <Args extends readonly unknown[], Result>(
    run: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>> => {
    const { result, thrown } = outcome.parse(await ask('POST', '/execute/async', { script: scriptOf(run), args }));
    if (thrown !== undefined) throw new Error(`in the page: ${thrown}`);
    return result as Awaited<Result>;
  };
  return {
    open: async (url) => void (await ask('POST', '/url', { url })),
    evaluate,
    tap: async (selector) => void (await ask('POST', `/element/${await first(ask, selector)}/click`)),
    enter: async (frame) => {
      await ask('POST', '/frame', { id: null });
      if (frame !== null) await ask('POST', '/frame', { id: { [ELEMENT]: await first(ask, frame) } });
    },
    resize: async (width, height) => void (await ask('POST', '/window/rect', { x: 0, y: 0, width, height })),
    screenshot: async (file) => {
      await evaluate(keepPainting);
      const png = z.string().parse(await ask('GET', '/screenshot'));
      await writeFile(file, Buffer.from(png, 'base64'));
    },
    close: async () => {
      await ask('DELETE', '').finally(() => screen.stop());
    },
  };
}

async function call(method: 'POST' | 'GET' | 'DELETE', url: string, body?: object): Promise<unknown> {
  const init = method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {};
  const response = await fetch(url, { method, ...init, signal: AbortSignal.timeout(CALL_MS) });
  const { value } = reply.parse(await response.json());
  if (response.ok) return value;
  const { error, message } = failure.parse(value);
  throw new Error(`WebDriver, ${method} ${new URL(url).pathname}: ${error}: ${message}`);
}

/** WebDriver gives the script a last argument, to be called with the result. */
function scriptOf(run: (...args: never[]) => unknown): string {
  return `const [done, ...given] = [...arguments].reverse();
    Promise.resolve().then(() => (${run})(...given.reverse())).then((result) => done({ result }), (error) => done({ thrown: String(error) }));`;
}

/** The driver's name for the first element of the selector. Throws when there is none. */
async function first(ask: Ask, selector: string): Promise<string> {
  const [found] = elements.parse(await ask('POST', '/elements', { using: 'css selector', value: selector }));
  if (found === undefined) throw new Error(`nothing is ${selector}`);
  return found[ELEMENT];
}

/** Screenshots wait for the next repaint, which a page at rest does not make. */
function keepPainting(): void {
  const { style } = document.documentElement;
  setInterval(() => {
    style.opacity = style.opacity === '1' ? '0.9999' : '1';
  }, 50);
}
