import { homedir } from 'node:os';
import { BUILD } from '#lib/contract/build.ts';
import type { Setup } from '#lib/contract/setup.ts';
import type { Tailscale } from '#lib/domain/host-facts.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import type { Told, Unknown } from '#lib/domain/told.ts';
import { startsAtLogin } from '#lib/host/start-at-login.ts';
import { tailscaleRoots } from '#lib/host/tailscale-serve.ts';
import { callerView, pairingLink } from './devices.ts';
import { type ServeView, serveView } from './serve-view.ts';
import type { Services } from './services.ts';
import { within } from './within.ts';

type Look = { readonly serve: ServeView; readonly owner: string | null };

/** Two tools of 10–60 ms each. Somebody who is just publishing it sees that within seconds; what is well is asked less often. */
const FRESH_MS: DurationMs = 10 * SECOND;
const UNSETTLED_FRESH_MS: DurationMs = 3 * SECOND;
/** Less than a page waits. */
const PATIENCE_MS: DurationMs = 2.5 * SECOND;

const STILL_ASKED: Unknown = { why: 'silent', detail: 'Tailscale does not answer.' };

const looks = new WeakMap<Services, { readonly at: DurationMs; freshMs: DurationMs; readonly look: Promise<Look> }>();

/** What the Mac knows of how it is reached and by whom, for whoever asks with these headers. */
export async function readSetup(services: Services, headers: Headers): Promise<Setup> {
  const { serve, owner } = await lookAtServe(services);
  const [link, caller, devices] = await Promise.all([
    pairingLink(services, headers, serve.url),
    callerView(services, headers),
    services.devicesSeen.list(headers),
  ]);
  return {
    serve,
    link,
    caller,
    owner,
    // Names, logins and addresses of others are the owner's to see.
    devices: devices.filter(({ isThis }) => isThis || caller.refusal === null),
    startsAtLogin: startsAtLogin({ platform: process.platform, home: homedir(), env: process.env }),
    version: services.version,
    build: BUILD,
    servedAt: services.now(),
  };
}

/** Asked once for all who look meanwhile. */
async function lookAtServe(services: Services): Promise<Look> {
  const at = performance.now();
  const known = looks.get(services);
  if (known !== undefined && at - known.at < known.freshMs) return known.look;
  const begun = { at, freshMs: UNSETTLED_FRESH_MS, look: look(services) };
  looks.set(services, begun);
  const { serve } = await begun.look;
  if (serve.state === 'published') begun.freshMs = FRESH_MS;
  return begun.look;
}

async function look({ config: { port }, tailnet }: Services): Promise<Look> {
  const [tailscale, roots] = await Promise.all([
    within<Told<Tailscale>, Unknown>(PATIENCE_MS, tailnet.ask(), STILL_ASKED),
    within(PATIENCE_MS, tailscaleRoots(), STILL_ASKED),
  ]);
  const serve = serveView({ port, roots, tailscale, platform: process.platform });
  return { serve, owner: 'told' in tailscale ? tailscale.told.login : null };
}
