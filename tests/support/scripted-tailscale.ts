import { onTestFinished, vi } from 'vitest';
import { scriptedTool } from './scripted-tool.ts';

/** Puts a shell script in the place of the tailscale CLI until the test ends. */
export async function scriptedTailscale(lines: string): Promise<void> {
  vi.stubEnv('TAILSCALE_BIN', await scriptedTool(lines));
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

/** Shell lines that print this, text as it is and anything else as JSON. */
export const printing = (value: unknown): string =>
  `cat <<'END'\n${typeof value === 'string' ? value : JSON.stringify(value)}\nEND`;

/** A CLI that always prints the same. */
export const tailscalePrinting = (value: unknown): Promise<void> => scriptedTailscale(printing(value));

/** What `tailscale status --json --peers=false` says where all is well and https is enabled, of this name. */
export const runningAs = (name: string) => ({
  BackendState: 'Running',
  TUN: true,
  TailscaleIPs: ['100.64.0.7'],
  Self: { DNSName: `${name}.`, UserID: 1 },
  CurrentTailnet: { MagicDNSEnabled: true },
  CertDomains: [name],
});

/** Sentences with which the CLI ends, to stderr with exit code 1, and why they leave us in the dark. */
export const CLI_ERRORS = {
  noDaemonMac: 'failed to connect to local Tailscale service; is Tailscale running?',
  noDaemonLinux:
    "failed to connect to local tailscaled; it doesn't appear to be running (sudo systemctl start tailscaled ?)",
  deafDaemon:
    'failed to connect to local tailscaled (which appears to be running as tailscaled, pid 812). Got error: EOF',
  forbidden:
    'failed to connect to local tailscaled (which appears to be running as tailscaled, pid 812). Got error: dial unix /var/run/tailscale/tailscaled.sock: connect: permission denied',
  denied: 'Access denied: status access denied',
  unknownFlag: 'flag provided but not defined: -peers',
} as const;

export const failing = (sentence: string): string => `cat >&2 <<'END'\n${sentence}\nEND\nexit 1`;

/** Ways to be of no use, whatever was asked, each with the reason it leaves. */
export const HOSTILE: readonly (readonly [string, string, string])[] = [
  ['a daemon that is deaf', failing(CLI_ERRORS.deafDaemon), 'silent'],
  ['a socket it may not open', failing(CLI_ERRORS.forbidden), 'not-permitted'],
  ['a daemon that refuses', failing(CLI_ERRORS.denied), 'not-permitted'],
  ['an option it does not know', failing(CLI_ERRORS.unknownFlag), 'unreadable'],
  ['no word at all', 'exit 1', 'unreadable'],
  ['nothing, and well', 'exit 0', 'unreadable'],
  ['100 MB', 'head -c 100000000 /dev/zero', 'unreadable'],
  ['an end by a signal', 'kill -SEGV $$', 'silent'],
  ['silence', 'sleep 600', 'silent'],
];
