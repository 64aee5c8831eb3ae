import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

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
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** What every answer carries. */
export function securityHeaders(path: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': path.startsWith('/api/')
      ? "default-src 'none'; frame-ancestors 'none'"
      : policyFor(path),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
}
