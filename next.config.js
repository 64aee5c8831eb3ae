// @ts-check
import { PHASE_PRODUCTION_BUILD } from 'next/constants.js';
import withPwa from 'next-pwa';
import { workerOptions } from './lib/client/worker-rules.ts';

const build = process.env['LIFELINE_BUILD_ID'] ?? null;

/**
 * At the head of a script: Chrome (136 and later) compiles all of it beside the download, instead of each function when it is
 * first called, which holds up the page. To other browsers it is a comment. https://v8.dev/blog/explicit-compile-hints
 */
const COMPILE_AHEAD = '//# allFunctionsCalledOnLoad';

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  reactStrictMode: true,
  poweredByHeader: false,
  // The same sources get the same pages, byte for byte, and so the same script hashes.
  generateBuildId: () => build,
  // Known to the page and the server as `BUILD` of lib/contract/build.ts.
  env: { LIFELINE_BUILD_ID: build ?? 'development' },
  webpack: (options, { isServer, webpack }) => {
    const { BannerPlugin, Compilation } = webpack;
    // After the minifier, which takes comments away, and before names are made of contents.
    const stage = Compilation.PROCESS_ASSETS_STAGE_SUMMARIZE;
    const ahead = new BannerPlugin({ banner: COMPILE_AHEAD, raw: true, test: /\.js$/, entryOnly: true, stage });
    return isServer ? options : { ...options, plugins: [...options.plugins, ahead] };
  },
  // Types are checked once, by `npm run check`.
  typescript: { ignoreBuildErrors: true },
  // Twice the longest body that a route takes. Next keeps as much of each in memory before `proxy.ts` may refuse it, 10 MB unless told.
  experimental: { proxyClientMaxBodySize: 262_144 },
};

/** @param {string} phase */
function forPhase(phase) {
  if (phase !== PHASE_PRODUCTION_BUILD) return config;
  if (build === null)
    throw new Error('Build with `npm run build`: it names the build, by which pages and worker know each other.');
  return withPwa(workerOptions(build))(config);
}

export default forPhase;
