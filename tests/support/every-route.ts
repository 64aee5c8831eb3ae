import { globSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { NextRequest } from 'next/server';
import * as z from 'zod/mini';
import { errorSchema } from '#lib/contract/error.ts';
import { proxy } from '#proxy.ts';

/**
 * What a method of a route is: `read` is for everybody who may look, `change` for the owner, `pair` lets a browser in by the
 * token, and `file` is for who has the token in its address.
 */
type Use = 'read' | 'change' | 'pair' | 'file';

/** Every route below /api. A new one needs a line here, so that it is walked by every caller. */
export const ROUTES: Readonly<Record<string, Readonly<Record<string, Use>>>> = {
  '/api/[...path]': { DELETE: 'change', GET: 'read', PATCH: 'change', POST: 'change', PUT: 'change' },
  '/api/actions/start': { POST: 'change' },
  '/api/alerts': { GET: 'read' },
  '/api/alerts/device': { POST: 'change' },
  '/api/alerts/remove': { POST: 'change' },
  '/api/alerts/test': { POST: 'change' },
  '/api/devices/revoke': { POST: 'change' },
  '/api/diagnosis': { GET: 'read' },
  '/api/export': { GET: 'read' },
  '/api/health': { GET: 'read' },
  '/api/history': { GET: 'read' },
  '/api/incidents': { GET: 'read' },
  '/api/metrics': { GET: 'read' },
  '/api/pair': { POST: 'pair' },
  '/api/phone/history': { GET: 'read' },
  '/api/phone/samples': { POST: 'change' },
  '/api/probe': { GET: 'read' },
  '/api/review/activity': { GET: 'read' },
  '/api/review/decks': { GET: 'read' },
  '/api/review/diagnose': { GET: 'read' },
  '/api/review/due': { GET: 'read' },
  '/api/review/grades': { POST: 'change' },
  '/api/review/hand': { GET: 'read' },
  '/api/review/ledger': { GET: 'read' },
  '/api/review/media/[token]/[name]': { GET: 'file', HEAD: 'file' },
  '/api/review/undo': { POST: 'change' },
  '/api/setup': { GET: 'read' },
  '/api/status': { GET: 'read' },
};

/** The addresses of the route files of the app. */
export const routesOfTheApp = (): readonly string[] =>
  globSync('app/api/**/route.ts')
    .map((file) => file.replace(/^app/, '').replace(/\/route\.ts$/, ''))
    .sort();

export type Method = { readonly path: string; readonly method: string; readonly use: Use };

export const METHODS: readonly Method[] = Object.entries(ROUTES).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, use]) => ({ path, method, use })),
);

type Handler = (request: Request) => Response | Promise<Response>;

const METHOD_NAMES = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** The methods that a route answers. */
export async function handlersOf(path: string): Promise<ReadonlyMap<string, Handler>> {
  const route: object = await import(pathToFileURL(`app${path}/route.ts`).href);
  return new Map(Object.entries(route).filter((entry): entry is [string, Handler] => METHOD_NAMES.includes(entry[0])));
}

/** How far a request came: it was answered, or turned away with this code. */
export type Reached = { readonly status: number; readonly code: string | null; readonly text: string };

const ADDRESSES: Readonly<Record<string, string>> = { '[...path]': 'nothing', '[token]': 'token', '[name]': 'cat.png' };
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** Sends a request through the proxy to its route. A change carries what nobody would take, so that nothing comes of it. */
export async function reach(
  { path, method }: Method,
  headers: Readonly<Record<string, string>>,
  body = '{"unfit":true}',
): Promise<Reached> {
  const address = path.replace(/\[[^/]+\]/g, (name) => ADDRESSES[name] ?? name);
  const url = `http://127.0.0.1:3000${address}`;
  const content = SAFE.includes(method) ? {} : { body };
  const length: Record<string, string> = SAFE.includes(method) ? {} : { 'content-length': String(body.length) };
  const init = { method, headers: { ...length, ...headers }, ...content };
  const first = await proxy(new NextRequest(url, init));
  if (first.headers.get('x-middleware-next') !== '1') return reached(first);
  const handler = (await handlersOf(path)).get(method);
  if (handler === undefined) throw new Error(`${path} has no ${method}`);
  return reached(await handler(new Request(url, init)));
}

async function reached(answer: Response): Promise<Reached> {
  const text = await answer.text();
  const error = errorSchema.safeParse(json(text));
  return { status: answer.status, code: error.success ? error.data.error.code : null, text };
}

function json(text: string): unknown {
  try {
    return z.string().check(z.minLength(1)).safeParse(text).success ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** The codes that say who may not. Any other answer is one to somebody who may. */
export const TURNED_AWAY = new Set([
  'funnel',
  'host',
  'cross-site',
  'token',
  'wrong-token',
  'not-owner',
  'media-token',
  'too-many',
]);
