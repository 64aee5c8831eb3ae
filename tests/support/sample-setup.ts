import { readFileSync } from 'node:fs';
import type { DeviceView, Setup } from '#lib/contract/setup.ts';
import { HOUR, MINUTE } from '#lib/domain/time.ts';

/** Of the pages that `next build` made. */
const pageBuild = (): string => readFileSync('.next/BUILD_ID', 'utf8').trim();

export const SAMPLE_URL = 'https://macbook.tail1234.ts.net';
const OWNER = 'ada@example.com';

export const sampleDevice = (change: Partial<DeviceView> = {}): DeviceView => ({
  id: 'node:iphone',
  name: 'iphone',
  kind: 'tailnet',
  login: OWNER,
  address: '100.64.0.9',
  path: 'direct',
  isThis: false,
  lastSeenAt: Date.now() - 3 * MINUTE,
  isRevocable: false,
  ...change,
});

/** A browser that was let in by the token. */
export const samplePaired = (change: Partial<DeviceView> = {}): DeviceView =>
  sampleDevice({
    id: 'paired:1',
    name: 'iPad · Home Screen',
    kind: 'paired',
    login: null,
    address: null,
    path: null,
    lastSeenAt: Date.now() - 26 * HOUR,
    isRevocable: true,
    ...change,
  });

/** A Mac that is published, asked by its owner's phone; `build` is that of the page unless told. */
export const sampleSetup = (change: Partial<Setup> = {}): Setup => ({
  serve: { state: 'published', url: SAMPLE_URL, command: 'tailscale serve --bg 3000', detail: null },
  link: change.serve === undefined ? SAMPLE_URL : change.serve.url,
  caller: { who: 'owner', login: OWNER, device: 'iphone', path: 'direct', refusal: null },
  owner: OWNER,
  devices: [sampleDevice({ isThis: true, lastSeenAt: Date.now() })],
  startsAtLogin: true,
  version: '0.1.0',
  build: pageBuild(),
  servedAt: Date.now(),
  ...change,
});

export const NOT_PUBLISHED: Setup['serve'] = {
  state: 'not-published',
  url: null,
  command: 'tailscale serve --bg 3000',
  detail: null,
};
