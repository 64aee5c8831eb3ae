// @ts-check
import { PHASE_PRODUCTION_BUILD } from 'next/constants.js';
import withPwa from 'next-pwa';
import { workerOptions } from './lib/client/worker-rules.ts';

const buildId = process.env['LIFELINE_BUILD_ID'] ?? null;

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  reactStrictMode: true,
  poweredByHeader: false,
  // The same sources get the same pages, byte for byte, and so the same script hashes.
  generateBuildId: () => buildId,
  // Known to the page and the server as `BUILD` of lib/contract/build.ts.
  env: { LIFELINE_BUILD_ID: buildId ?? 'development' },
  // Types are checked once, by `npm run check`.
  typescript: { ignoreBuildErrors: true },
};

/** @param {string} phase */
const forPhase = (phase) =>
  phase === PHASE_PRODUCTION_BUILD ? withPwa(workerOptions(buildId ?? String(Date.now())))(config) : config;

export default forPhase;
