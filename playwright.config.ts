import { defineConfig } from '@playwright/test';
import { findChromium } from '#scripts/chromium.mjs';
import { CHROMIUM_FLAGS } from '#tests/support/chromium-flags.ts';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/global-setup.ts',
  outputDir: 'test-results',
  // Two processors and tests that wait a good part of their time.
  workers: 3,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: process.env['LIFELINE_E2E_URL'] ?? '',
    launchOptions: { executablePath: findChromium() ?? '', args: [...CHROMIUM_FLAGS] },
    trace: 'retain-on-failure',
    // Made-up answers are put before the page, and a worker would ask past them; worker.spec.ts allows its own.
    serviceWorkers: 'block',
  },
  projects: [
    { name: 'phone', use: { viewport: PHONE, deviceScaleFactor: 2, hasTouch: true, isMobile: true } },
    { name: 'desktop', use: { viewport: DESKTOP }, testMatch: /screens(-history|-review)?\.spec\.ts/ },
  ],
});
