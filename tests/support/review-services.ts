import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { type Services, startServices } from '#lib/server/services.ts';
import { HOST, MAC, OWNER, PHONE, STATUS, whois } from './owner-door.ts';
import { type AnkiConnectOptions, type ScriptedAnkiConnect, scriptedAnkiConnect } from './scripted-ankiconnect.ts';
import { failing, printing } from './scripted-tailscale.ts';

/** A device of the tailnet that is not its owner's. */
const OTHERS_PHONE = '100.64.0.10';
const OTHER = 'ann@example.com';
const TAGGED = '100.64.0.11';
const UNKNOWN = '100.64.0.12';
const UNTOLD = '100.64.0.13';

const common = { host: HOST, 'x-forwarded-host': HOST, 'x-forwarded-proto': 'https' };
/** The headers with which each of them asks. */
export const CALLERS = {
  local: { host: '127.0.0.1:3000' },
  owner: { ...common, 'x-forwarded-for': PHONE, 'tailscale-user-login': OWNER },
  stranger: { ...common, 'x-forwarded-for': OTHERS_PHONE, 'tailscale-user-login': OTHER },
  /** Says that they are the owner. */
  impostor: { ...common, 'x-forwarded-for': OTHERS_PHONE, 'tailscale-user-login': OWNER },
  /** A node that is nobody’s own, and says that it is the owner’s. */
  tagged: { ...common, 'x-forwarded-for': TAGGED, 'tailscale-user-login': OWNER },
  /** An address that the tailnet does not know. */
  unknown: { ...common, 'x-forwarded-for': UNKNOWN, 'tailscale-user-login': OWNER },
  /** Tailscale does not answer whose it is. */
  untold: { ...common, 'x-forwarded-for': UNTOLD, 'tailscale-user-login': OWNER },
} as const;

export type ReviewServices = {
  readonly services: Services;
  readonly anki: ScriptedAnkiConnect;
  readonly dataDir: string;
  readonly stop: () => Promise<void>;
};

/** The services on a scripted AnkiConnect and a tailnet whose owner is known, with no review server about. */
export async function reviewServices(
  options: AnkiConnectOptions & { readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ReviewServices> {
  const { env = {}, ...ankiOptions } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'lifeline-review-'));
  const before = process.env['TAILSCALE_BIN'];
  process.env['TAILSCALE_BIN'] = scriptedTailnet(dataDir);
  const anki = await scriptedAnkiConnect(ankiOptions);
  const services = await startServices(
    readConfig({
      REVIEW_SERVER_URL: 'http://127.0.0.1:9',
      ANKI_CONNECT_URL: anki.url,
      LIFELINE_DATA_DIR: join(dataDir, 'data'),
      ...env,
    }),
  );
  return {
    services,
    anki,
    dataDir: join(dataDir, 'data'),
    stop: async () => {
      await services.close();
      await anki.stop();
      if (before === undefined) delete process.env['TAILSCALE_BIN'];
      else process.env['TAILSCALE_BIN'] = before;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Services of its own for a test file, whose Anki is open and well when each test begins. */
export function reviewServicesHere(env: Readonly<Record<string, string>> = {}): () => ReviewServices {
  let app: ReviewServices | null = null;
  const running = (): ReviewServices => app ?? expect.unreachable();
  beforeAll(async () => {
    app = await reviewServices({ state: 'no-reviewer', env });
  });
  afterAll(() => app?.stop());
  beforeEach(async () => {
    running().anki.disturb(null);
    await running().anki.start();
    running().anki.be('no-reviewer');
  });
  return running;
}

/** What a page asks below `/api/review/`; with a body it is posted, as it is or as JSON. */
export function reviewRequest(
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string | object,
): Request {
  const url = `http://127.0.0.1:3000/api/review/${path}`;
  if (body === undefined) return new Request(url, { headers });
  return new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** A tailscale that knows the owner's devices from another's. */
function scriptedTailnet(folder: string): string {
  const answers = {
    'status *': printing({ ...STATUS, Self: { ...STATUS.Self, DNSName: `${HOST}.` } }),
    'serve *': printing({}),
    [`whois --json ${MAC}`]: printing(whois(OWNER)),
    [`whois --json ${PHONE}`]: printing(whois(OWNER)),
    [`whois --json ${TAGGED}`]: printing(whois(OWNER, { Tags: ['tag:tv'] })),
    [`whois --json ${UNKNOWN}`]: failing('no match for IP:port'),
    [`whois --json ${UNTOLD}`]: failing('unexpected'),
    'whois *': printing(whois(OTHER)),
  };
  const cases = Object.entries(answers).map(([asked, lines]) => `${asked.replaceAll(' ', '\\ ')})\n${lines}\n;;`);
  const path = join(folder, 'tailscale');
  writeFileSync(path, `#!/bin/sh\ncase "$*" in\n${cases.join('\n')}\nesac\n`);
  chmodSync(path, 0o755);
  return path;
}
