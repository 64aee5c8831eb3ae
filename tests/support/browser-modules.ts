import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { join, normalize } from 'node:path';
import { chromium, type JSHandle, type Page } from '@playwright/test';
import { findChromium } from '#scripts/chromium.mjs';
import { ROOT } from '#scripts/project.mjs';
import { CHROMIUM_FLAGS } from './chromium-flags.ts';

/** The import map with which a page finds this project's modules. */
export const MODULE_IMPORTS = { '#lib/': '/lib/', '#tests/': '/tests/', 'zod/mini': '/node_modules/zod/mini/index.js' };
const EMPTY_PAGE = `<!doctype html><meta charset="utf-8"><title>empty</title>
<script type="importmap">${JSON.stringify({ imports: MODULE_IMPORTS })}</script>`;

export type BrowserModules = {
  readonly url: string;
  /** An empty page into which this project's modules can be imported as they are. */
  readonly newPage: () => Promise<Page>;
  readonly close: () => Promise<void>;
};

/** Answers one request; null where it is not asked for. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => true | null;

/** Answers a path with the module that is there, as it is, and `/` with an empty page. */
export async function answerModule(path: string, response: ServerResponse): Promise<void> {
  const inside = normalize(path);
  const isModule = /^\/(lib|tests|node_modules\/zod)\/.+\.(ts|js)$/.test(inside);
  if (!isModule) {
    response.writeHead(path === '/' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(path === '/' ? EMPTY_PAGE : 'no such file');
    return;
  }
  const source = await readFile(join(ROOT, inside), 'utf8');
  response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' });
  response.end(inside.endsWith('.ts') ? stripTypeScriptTypes(source) : source);
}

/** A module in a page, by its name as in an import; `Module` is its `typeof import(…)`. */
export async function importInto<Module>(page: Page, name: string): Promise<JSHandle<Module>> {
  return (await page.evaluateHandle(`import(${JSON.stringify(name)})`)) as JSHandle<Module>;
}

/**
 * A real browser in which the modules of `lib/client` run without being built, for those that talk to the browser itself. Modules with
 * React are for the built app. `answer` may serve what a test needs beside them.
 */
export async function startBrowserModules(answer: Answer = () => null): Promise<BrowserModules> {
  const server = createServer((request, response) => {
    if (answer(request, response) !== null) return;
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    answerModule(pathname, response).catch(() => response.writeHead(404).end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  const url = `http://127.0.0.1:${address.port}/`;
  const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...CHROMIUM_FLAGS] });
  const newPage = async () => {
    const page = await browser.newPage();
    await page.goto(url);
    return page;
  };
  const close = async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  };
  return { url, newPage, close };
}
