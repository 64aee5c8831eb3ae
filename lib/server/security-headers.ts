import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { CARD_FRAME_URL } from '#lib/contract/card-frame.ts';
import { cardFrame } from './card-frame.ts';
import { frameLeaveOf, framePolicy } from './frame-policy.ts';
import { isMediaPath } from './media-path.ts';

const hashesSchema = z.record(z.string(), z.array(z.string().check(z.regex(/^sha256-[\w+/=]+$/))));

/** The inline scripts of every prerendered page as the build left them, by path; `*` holds all of them. */
function readHashes(): Readonly<Record<string, readonly string[]>> {
  try {
    return hashesSchema.parse(JSON.parse(readFileSync('.next/csp.json', 'utf8')));
  } catch {
    return {}; // a development server: see scriptSources
  }
}

let hashes: ReturnType<typeof readHashes> | null = null;

/** A static page can carry no nonce, so its inline scripts are allowed by their hashes. */
function scriptSources(path: string): string {
  if (process.env.NODE_ENV === 'development') return "'self' 'unsafe-inline' 'unsafe-eval'";
  hashes ??= readHashes();
  const allowed = hashes[path] ?? hashes['*'] ?? [];
  return ["'self'", ...allowed.map((hash) => `'${hash}'`)].join(' ');
}

const policyFor = (path: string): string =>
  [
    "default-src 'none'",
    `script-src ${scriptSources(path)}`,
    "style-src 'self'",
    "style-src-elem 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "frame-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** What was asked, as far as an answer's headers depend on it. `origin`: where; null for a request that is turned away. */
type Asked = { readonly path: string; readonly query: URLSearchParams; readonly origin: string | null };

const NOTHING = "default-src 'none'; frame-ancestors 'none'";

/** What every answer carries. */
export function securityHeaders({ path, query, origin }: Asked): Readonly<Record<string, string>> {
  const always = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
  const ours = { ...always, 'cross-origin-resource-policy': 'same-origin' };
  if (path === CARD_FRAME_URL && origin !== null) {
    const scriptHashes = cardFrame()?.scriptHashes ?? [];
    const policy = framePolicy({ origin, scriptHashes, ...frameLeaveOf(query) });
    // A policy does not keep a browser from looking up the names in a card's links.
    return { ...ours, 'content-security-policy': policy, 'x-dns-prefetch-control': 'off' };
  }
  const unframed = { ...ours, 'x-frame-options': 'DENY' };
  if (isMediaPath(path)) {
    // To the card frame we are another site, and fonts need to be let in. Opened by itself, a file is a page of nobody's.
    const shared = { 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' };
    return { ...unframed, ...shared, 'content-security-policy': "default-src 'none'; sandbox" };
  }
  return { ...unframed, 'content-security-policy': path.startsWith('/api/') ? NOTHING : policyFor(path) };
}
