import { resolve } from 'node:path';
import * as z from 'zod/mini';
import type { DurationMs } from '#lib/domain/time.ts';

export type Config = {
  /** Base URL of the review server; absent when it is to be found out. */
  readonly reviewServerUrl?: URL;
  /** On this machine. */
  readonly ankiConnectUrl: URL;
  /** Its `apiKey`; absent where it has none. */
  readonly ankiConnectKey?: string;
  readonly probeIntervalMs: DurationMs;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly token?: string;
  readonly allowedHosts: readonly string[];
  readonly startCommand?: readonly string[];
  /** The folder in which the start command runs; absent: the user's home. */
  readonly startDir?: string;
  readonly serviceLabel?: string;
  /** Who a push service can ask about our alerts; absent: this machine's https address. */
  readonly vapidSubject?: string;
  /** Further push services, as `host` or `host:port`. */
  readonly pushHosts: readonly string[];
  /** Secret: it may hold a key. */
  readonly alertWebhookUrl?: URL;
};

/** A configuration that cannot be used; its message names each variable, what was given and what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

const text = z.string().check(z.trim(), z.minLength(1));
/** Without a user and a password: it is shown to everyone who may look. */
const httpUrl = text.check(
  z.refine((given) => {
    const url = URL.parse(given);
    return url !== null && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '';
  }),
);
/** AnkiConnect has no password: it is for this machine alone, and calls to it are never sent over a network. */
const loopbackUrl = httpUrl.check(
  z.refine((given) => {
    const url = URL.parse(given);
    return url?.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[(.*)\]$/, '$1'));
  }),
);
const whole = (least: number, most: number) =>
  text.check(z.refine((given) => /^\d+$/.test(given) && Number(given) >= least && Number(given) <= most));
/**
 * Whether a push service can ask this about our alerts: Apple's answers 403 to everything of a sender that names nobody it could
 * reach.
 */
export function isSubject(given: string): boolean {
  const url = URL.parse(given);
  const host = url?.protocol === 'mailto:' ? /^[^@\s]+@([^@\s]+)$/.exec(url.pathname)?.[1] : url?.hostname;
  const isOpen = url?.protocol === 'mailto:' || (url?.protocol === 'https:' && url.username + url.password === '');
  return isOpen && /^(?!.*(?:localhost|\.local)$)[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z][a-z\d-]*$/i.test(host ?? '');
}
const subject = text.check(z.refine(isSubject));
const hostList = text.check(z.regex(/^[\w.-]+(?::\d{1,5})?(?:\s*,\s*[\w.-]+(?::\d{1,5})?)*$/));
const command = text.check(
  z.refine(
    (given) =>
      z
        .array(z.string().check(z.minLength(1)))
        .check(z.minLength(1))
        .safeParse(json(given)).success,
  ),
);

/** Every variable, how it is checked and what is expected of it, in words. */
const VARIABLES = {
  REVIEW_SERVER_URL: [httpUrl, 'an http or https URL without a password, such as http://macbook.tail1234.ts.net:8000'],
  ANKI_CONNECT_URL: [loopbackUrl, 'an http URL on this machine, such as http://127.0.0.1:8765'],
  ANKI_CONNECT_KEY: [text.check(z.maxLength(1_000)), 'the apiKey of AnkiConnect’s configuration'],
  PROBE_INTERVAL_MS: [whole(1_000, 60_000), 'a whole number of milliseconds from 1000 to 60000'],
  LIFELINE_DATA_DIR: [text, 'a folder'],
  HOST: [text, 'an address to listen on, such as 127.0.0.1'],
  PORT: [whole(1, 65_535), 'a port from 1 to 65535'],
  LIFELINE_TOKEN: [text.check(z.minLength(16)), 'a secret of at least 16 characters'],
  ALLOWED_HOSTS: [text, 'host names with commas between them'],
  START_COMMAND: [command, 'a JSON array of strings, such as ["uvicorn","app.main:app","--port","8000"]'],
  START_DIR: [text, 'a folder'],
  SERVICE_LABEL: [text.check(z.regex(/^[\w.@-]+$/)), 'a launchd label or systemd unit name'],
  VAPID_SUBJECT: [subject, 'an https URL or a mailto: address, not of localhost, such as mailto:you@example.com'],
  PUSH_HOSTS: [hostList, 'host names with commas between them, such as push.example.com'],
  ALERT_WEBHOOK_URL: [httpUrl, 'an http or https URL without a user and a password'],
} as const;
type Variable = keyof typeof VARIABLES;

/** What is said of a secret instead of repeating it. */
const SECRET_FAULTS: Partial<Record<Variable, string>> = {
  LIFELINE_TOKEN: 'too short',
  ANKI_CONNECT_KEY: 'too long',
  ALERT_WEBHOOK_URL: 'unusable',
};

/** Reads the configuration from an environment. An empty variable counts as not set. Throws a ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const wrong = names().flatMap((name) => complaint(name, env[name]));
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'));
  const given = (name: Variable): string | undefined => env[name]?.trim() || undefined;
  const or = (name: Variable, usual: string): string => given(name) ?? usual;
  const host = or('HOST', '127.0.0.1');
  const token = given('LIFELINE_TOKEN');
  if (!isLoopback(host) && token === undefined) {
    throw new ConfigError(
      `HOST is ${host}: any address but loopback needs LIFELINE_TOKEN, ${VARIABLES.LIFELINE_TOKEN[1]}.`,
    );
  }
  const url = given('REVIEW_SERVER_URL');
  const start = given('START_COMMAND');
  const label = given('SERVICE_LABEL');
  const key = given('ANKI_CONNECT_KEY');
  const startDir = given('START_DIR');
  const vapidSubject = given('VAPID_SUBJECT');
  const webhook = given('ALERT_WEBHOOK_URL');
  return {
    ...(url === undefined ? {} : { reviewServerUrl: new URL(url) }),
    ankiConnectUrl: new URL(or('ANKI_CONNECT_URL', 'http://127.0.0.1:8765')),
    ...(key === undefined ? {} : { ankiConnectKey: key }),
    probeIntervalMs: Number(or('PROBE_INTERVAL_MS', '5000')),
    dataDir: resolve(or('LIFELINE_DATA_DIR', 'data')),
    host,
    port: Number(or('PORT', '3000')),
    ...(token === undefined ? {} : { token }),
    allowedHosts: listOf(given('ALLOWED_HOSTS')).map((name) => name.replace(/:\d+$/, '')),
    ...(start === undefined ? {} : { startCommand: z.array(z.string()).parse(json(start)) }),
    ...(startDir === undefined ? {} : { startDir: resolve(startDir) }),
    ...(label === undefined ? {} : { serviceLabel: label }),
    ...(vapidSubject === undefined ? {} : { vapidSubject }),
    pushHosts: listOf(given('PUSH_HOSTS')),
    ...(webhook === undefined ? {} : { alertWebhookUrl: new URL(webhook) }),
  };
}

const listOf = (given = ''): readonly string[] =>
  given
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean);

const names = (): readonly Variable[] => Object.keys(VARIABLES).filter((name): name is Variable => name in VARIABLES);

function complaint(name: Variable, value: string | undefined): readonly string[] {
  if (value === undefined || value.trim() === '') return [];
  const [schema, expected] = VARIABLES[name];
  if (schema.safeParse(value).success) return [];
  return [`${name} is ${SECRET_FAULTS[name] ?? JSON.stringify(value)}, expected ${expected}.`];
}

function json(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
}
