import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startService } from '#lib/host/start-service.ts';
import { scriptedPath } from '#tests/support/scripted-path.ts';

/** As launchd does it: a job that is disabled cannot be loaded, one that is not loaded cannot be started. */
const LAUNCHCTL = `echo "$*" >> "$0.asked"
case "$1" in
  enable) rm -f "$0.disabled" ;;
  bootstrap)
    if [ -e "$0.disabled" ]; then echo "Bootstrap failed: 5: Input/output error" >&2; exit 5; fi
    touch "$0.loaded" ;;
  kickstart)
    if [ ! -e "$0.loaded" ]; then echo 'Could not find service "io.example.review" in domain for user' >&2; exit 113; fi ;;
esac`;
const domain = `gui/${process.getuid?.()}`;

async function onMac(before: string) {
  const folder = await scriptedPath({ launchctl: `${before}\n${LAUNCHCTL}` });
  const result = await startService('io.example.review', 'darwin');
  const asked = readFileSync(join(folder, 'launchctl.asked'), 'utf8').trim().split('\n');
  return { result, asked };
}

test('a job that is loaded is ended and started', async () => {
  const { result, asked } = await onMac('touch "$0.loaded"');
  expect(result).toMatchObject({ outcome: 'ok' });
  expect(asked).toEqual([`kickstart -k ${domain}/io.example.review`]);
});

test('a job that was switched off and is not loaded is switched on, loaded, and not ended while it begins', async () => {
  const { result, asked } = await onMac('[ -e "$0.asked" ] || touch "$0.disabled"');
  expect(result).toMatchObject({ outcome: 'ok' });
  expect(asked).toEqual([
    `kickstart -k ${domain}/io.example.review`,
    `enable ${domain}/io.example.review`,
    expect.stringMatching(/^bootstrap gui\/\d+ \S+\/LaunchAgents\/io\.example\.review\.plist$/),
    `kickstart ${domain}/io.example.review`,
  ]);
});

test('a launchd that refuses to load it is quoted, and nothing is started', async () => {
  const { result, asked } = await onMac(
    'if [ "$1" = bootstrap ]; then echo "Bootstrap failed: 5: Input/output error" >&2; exit 5; fi',
  );
  expect(result).toMatchObject({ outcome: 'exited', code: 5, stderr: expect.stringContaining('Bootstrap failed: 5') });
  expect(asked).toEqual([`kickstart -k ${domain}/io.example.review`, `enable ${domain}/io.example.review`]);
});
