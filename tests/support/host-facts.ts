import type { AnkiConnect } from '#lib/domain/anki-facts.ts';
import type { AppShows } from '#lib/domain/diagnosis.ts';
import type { Complaint, Fact, Past } from '#lib/domain/facts.ts';
import type {
  Boot,
  Firewall,
  Listener,
  LogTail,
  PhonePath,
  Process,
  Service,
  Tailscale,
} from '#lib/domain/host-facts.ts';
import type { PhoneView } from '#lib/domain/phone-sample.ts';
import { MINUTE, SECOND } from '#lib/domain/time.ts';
import { AT } from './facts.ts';

/** A fact seen at the moment of the probes, unless told. */
export const fact = <T>(value: T, at = AT): Fact<T> => ({ value, at });

export const UVICORN = 'python3 -m uvicorn app.main:app --host 0.0.0.0 --port 8000';

export const listener = (also: Partial<Listener> = {}): Listener => ({
  address: '*',
  family: 'ipv4',
  port: 8_000,
  pid: 5_151,
  program: 'uvicorn',
  ...also,
});
export const listeners = (...sockets: readonly Listener[]) => ({ listeners: fact<readonly Listener[]>(sockets) });

export const process = (also: Partial<Process> = {}): Process => ({
  pid: 5_151,
  parentPid: 1,
  state: 'sleeping',
  startedAt: AT - 60 * MINUTE,
  command: UVICORN,
  ...also,
});
export const processes = (...all: readonly Process[]) => ({ processes: fact<readonly Process[]>(all) });

export const service = (also: Partial<Service> = {}) => ({
  service: fact<Service>({ manager: 'launchd', label: 'com.example.review', state: 'stopped', ...also }),
});
export const log = (also: Partial<LogTail> = {}) => ({
  log: fact<LogTail>({
    path: '/Users/grant/Library/Logs/review.err',
    writtenAt: AT - SECOND,
    lines: ['Traceback (most recent call last):', "ModuleNotFoundError: No module named 'app'"],
    error: "ModuleNotFoundError: No module named 'app'",
    ...also,
  }),
});
/** Up until 5 s ago, and watched for ten minutes. */
export const past = (also: Partial<Past> = {}) => ({
  past: fact<Past>({ lastUpAt: AT - 5 * SECOND, firstFailedAt: AT, watchedSince: AT - 10 * MINUTE, ...also }),
});
export const boot = (also: Partial<Boot> = {}) => ({ boot: fact<Boot>({ bootedAt: AT - 600 * MINUTE, ...also }) });

export const firewall = (also: Partial<Firewall> = {}) => ({
  firewall: fact<Firewall>({ tool: 'nft', verdict: 'allows', why: 'policy accept', isStealthy: false, ...also }),
});
export const tailscale = (also: Partial<Tailscale> = {}) => ({
  tailscale: fact<Tailscale>({
    state: 'running',
    dnsName: 'macbook.tail1234.ts.net',
    addresses: ['100.64.0.7'],
    isMagicDnsEnabled: true,
    isHttpsEnabled: true,
    isOnline: true,
    hasTun: true,
    keyExpiresAt: null,
    isExpired: false,
    health: [],
    login: 'grant@example.com',
    ...also,
  }),
});
export const phone = (also: Partial<PhonePath> = {}) => ({
  phone: fact<PhonePath>({
    address: '100.64.0.9',
    node: 'iphone',
    isOnline: true,
    pong: { via: 'direct', ms: 12 },
    ...also,
  }),
});
export const phoneView = (view: PhoneView) => ({ phoneView: fact<PhoneView>({ node: 'iphone', ...view }) });
export const complaint = (code: Complaint['code']) => ({ complaint: fact<Complaint>({ code }) });
export const anki = (also: Partial<Extract<AnkiConnect, { reach: 'answers' }>> = {}) => ({
  anki: fact<AnkiConnect>({ reach: 'answers', latencyMs: 25, collection: 'open', isReviewing: true, ...also }),
});

const shows = (code: number | null, caption: string): Pick<AppShows, 'code' | 'caption'> => ({ code, caption });
export const REFUSED = shows(-1004, 'Server unreachable');
export const TIMED_OUT = shows(-1001, 'Server timeout');
export const NOT_FOUND = shows(-1003, 'Server unreachable');
export const LOST = shows(-1005, 'Server unreachable');
export const CONNECTED = shows(null, 'Connected');
export const unreachable = (code: number | null) => shows(code, 'Server unreachable');
