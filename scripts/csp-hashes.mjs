import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi;

/**
 * The hashes by which a Content-Security-Policy allows the inline scripts of a page.
 *
 * @param {string} html
 * @returns {string[]} `sha256-…` of each script without a `src`, in order, each once
 */
export function inlineScriptHashes(html) {
  const sources = [...html.matchAll(INLINE_SCRIPT)].map(([, source]) => source ?? '').filter((source) => source !== '');
  return [...new Set(sources.map((source) => `sha256-${createHash('sha256').update(source).digest('base64')}`))];
}

/**
 * Writes the hashes of every prerendered page: by its address (`/`, `/history`, …), and of all pages together under `*`.
 *
 * @param {string} pages folder of the prerendered HTML (`.next/server/app`)
 * @param {string} target JSON file to write
 */
export function writeCspHashes(pages, target) {
  const entries = readdirSync(pages, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html'))
    .sort()
    .map(
      (file) => /** @type {const} */ ([addressOf(file), inlineScriptHashes(readFileSync(join(pages, file), 'utf8'))]),
    );
  const all = [...new Set(entries.flatMap(([, hashes]) => hashes))].sort();
  writeFileSync(target, `${JSON.stringify({ ...Object.fromEntries(entries), '*': all }, null, 2)}\n`);
}

/** @param {string} file path of a page's HTML below the folder of pages */
function addressOf(file) {
  const path = file.replaceAll('\\', '/').replace(/\.html$/, '');
  return path === 'index' ? '/' : `/${path}`;
}
