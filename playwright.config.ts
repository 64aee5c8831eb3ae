import { defineConfig } from '@playwright/test';
import { findChromium, findHeadlessShell } from '#scripts/chromium.mjs';
import { CHROMIUM_FLAGS } from '#tests/support/chromium-flags.ts';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

/** Made-up answers in the screens: any test of them may run beside any other. */
const SCREENS = /(screens|accessibility)[^/]*\.spec\.ts/;
const PHONE_SCREEN = { viewport: PHONE, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const chromium = findChromium() ?? '';
const launch = (executablePath: string) => ({ launchOptions: { executablePath, args: [...CHROMIUM_FLAGS] } });
/** For what is seen, the browser without its windows will do; processes, workers and storage are proven in the whole one. */
const LIGHT = launch(findHeadlessShell() ?? chromium);

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/global-setup.ts',
  outputDir: 'test-results',
  // Two processors and tests that wait a good part of their time.
  workers: 4,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  // Real browsers, workers and processes on a machine that others use too. What passes only the second time is named at the end.
  retries: 1,
  expect: { timeout: 10_000 },
  use: {
    baseURL: process.env['LIFELINE_E2E_URL'] ?? '',
    ...launch(chromium),
    // A trace of each test would cost a sixth of the time: `--trace on` makes one of those that are asked for.
    screenshot: 'only-on-failure',
    // Made-up answers are put before the page, and a worker would ask past them; worker.spec.ts allows its own.
    serviceWorkers: 'block',
  },
  projects: [
    { name: 'phone', use: PHONE_SCREEN, testIgnore: SCREENS },
    { name: 'screens', use: { ...PHONE_SCREEN, ...LIGHT }, testMatch: SCREENS, fullyParallel: true },
    {
      name: 'desktop',
      use: { viewport: DESKTOP, ...LIGHT },
      testMatch: /screens(-history|-review)?\.spec\.ts/,
      fullyParallel: true,
    },
  ],
});
