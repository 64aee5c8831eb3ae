import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import webpack from 'webpack';
import { ROOT, runMain, SetupError } from './project.mjs';

/** Build output: `frame.html` for the route, `frame.json` for its policy, MathJax for the page. */
const FOLDER = join(ROOT, 'public', 'card-assets');
const SOURCES = join(ROOT, 'lib', 'client', 'card-frame');
const BUNDLE = join(ROOT, '.next', 'cache', 'card-frame');
const LICENSES = 'frame.js.LICENSE.txt';

/** Builds all that cards are shown with. Throws a SetupError where it does not compile. */
async function buildCardAssets() {
  const script = (await bundle(join(SOURCES, 'main.ts'))).replaceAll('</script', String.raw`<\/script`);
  const math = packMathJax();
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'frame.html'), frameDocument(script));
  writeFileSync(join(FOLDER, 'frame.json'), JSON.stringify({ scriptHashes: [sha256(script), sha256(math.source)] }));
  writeFileSync(join(FOLDER, math.name), math.source);
  const licenses = join(BUNDLE, LICENSES);
  if (existsSync(licenses)) copyFileSync(licenses, join(FOLDER, LICENSES));
}

/** One document with everything in it: nothing that a frame of an opaque origin asks for passes the service worker. */
function frameDocument(/** @type {string} */ script) {
  const style = readFileSync(join(SOURCES, 'frame.css'), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ');
  return [
    `<!doctype html><html class="mobile iphone ios safari"><head><meta charset="utf-8"><title>Card</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<style>${style}</style></head><body class="card"><script>${script}</script></body></html>\n`,
  ].join('\n');
}

/**
 * MathJax with its fonts in it, as one text that a page can hand to the frame.
 *
 * @returns {{ name: string, source: string }}
 */
function packMathJax() {
  const folder = join(ROOT, 'node_modules', 'mathjax');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const fonts = join(folder, 'es5', 'output', 'chtml', 'fonts', 'woff-v2');
  const code = readFileSync(join(folder, 'es5', 'tex-chtml-full.js'), 'utf8').replaceAll(
    /%%URL%%\/([\w-]+\.woff)/g,
    (_, file) => `data:font/woff;base64,${readFileSync(join(fonts, file)).toString('base64')}`,
  );
  const source = `/*! MathJax ${version}, Apache-2.0, https://www.mathjax.org */\n${code}`;
  return { name: `mathjax-${version}.js`, source };
}

/**
 * One classic script of a TypeScript module and all that it imports, for browsers as old as the app's.
 *
 * @param {string} entry
 * @returns {Promise<string>}
 */
function bundle(entry) {
  const compiler = webpack({
    mode: 'production',
    target: ['web', 'es2022'],
    context: ROOT,
    entry,
    devtool: false,
    output: { path: BUNDLE, filename: 'frame.js' },
    module: { rules: [{ test: /\.ts$/, use: fileURLToPath(new URL('./strip-types-loader.mjs', import.meta.url)) }] },
    performance: false,
  });
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      compiler.close(() => {
        if (error !== null || stats === undefined || stats.hasErrors())
          reject(new SetupError(`The card frame was not built: ${error?.message ?? stats?.toString('errors-only')}`));
        else resolve(readFileSync(join(BUNDLE, 'frame.js'), 'utf8'));
      });
    });
  });
}

/** @param {string} text as a content security policy names it */
const sha256 = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

await runMain(buildCardAssets);
