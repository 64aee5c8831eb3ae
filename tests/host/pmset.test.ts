import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sleepLog, sleepsSince } from '#lib/host/pmset.ts';
import { fc } from '#tests/support/fast-check.ts';
import { mutated } from '#tests/support/mutated.ts';
import { scriptedPath } from '#tests/support/scripted-path.ts';

const FILE = join(import.meta.dirname, 'fixtures', 'pmset', 'log.txt');
const LOG = readFileSync(FILE, 'utf8');

function sleepsIn(text: string, from = 0) {
  const log = sleepLog(from);
  for (const line of text.split('\n')) log.add(line);
  return log.sleeps();
}

const AFTERNOON = { from: Date.UTC(2026, 6, 28, 19), to: Date.UTC(2026, 6, 28, 19, 10), reason: 'Idle Sleep' };
const NIGHT = {
  from: Date.UTC(2026, 6, 29, 6, 14, 2),
  to: Date.UTC(2026, 6, 29, 14, 58, 20),
  reason: 'Clamshell Sleep',
};
const AUTUMN = {
  from: Date.UTC(2026, 9, 5, 5),
  to: Date.UTC(2026, 9, 5, 5, 40, 2),
  reason: 'Entering Sleep state due to Software Sleep pid=123: Using AC (Charge:80%) 2402 secs',
};

describe('the log of sleeps', () => {
  test('tells a night with its dark wakes as one sleep, each time by its own offset', () => {
    expect(sleepsIn(LOG)).toEqual([AFTERNOON, NIGHT, AUTUMN]);
  });

  test('leaves out what was over before, and keeps what reached into it', () => {
    expect(sleepsIn(LOG, AFTERNOON.to + 1)).toEqual([NIGHT, AUTUMN]);
    expect(sleepsIn(LOG, NIGHT.to - 1)).toEqual([NIGHT, AUTUMN]);
  });

  test('does not tell a sleep that goes on', () => {
    expect(sleepsIn(LOG.slice(0, LOG.indexOf('2026-07-29 07:58:20')))).toEqual([AFTERNOON]);
  });

  test('ends a sleep in which the battery ran out with the next start', () => {
    const text = LOG.replace(
      'Wake                \tWake from Deep Idle [CDNVA] : due to smc',
      'Start               \tpowerd process is started',
    );
    expect(sleepsIn(text)).toMatchObject([{ to: AFTERNOON.to }, { to: NIGHT.to }, { to: AUTUMN.to }]);
  });

  test('keeps the last thousand of a Mac that cannot sleep', () => {
    const pair = (day: number) => {
      const date = new Date(Date.UTC(2020, 0, day)).toISOString().slice(0, 10);
      return `${date} 01:00:00 +0000 Sleep               \tx\n${date} 02:00:00 +0000 Wake                \ty\n`;
    };
    const sleeps = sleepsIn(Array.from({ length: 1_500 }, (_, day) => pair(day + 1)).join(''));
    expect(sleeps).toHaveLength(1_000);
    expect(sleeps.at(-1)?.to).toBe(Date.UTC(2020, 0, 1_500, 2));
  });

  test('whatever is in it, sleeps are in order and end after they began', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), mutated([LOG])), (text) => {
        for (const { from, to, reason } of sleepsIn(text)) {
          expect(to).toBeGreaterThanOrEqual(from);
          expect(reason).not.toBe('');
        }
      }),
    );
  });
});

describe('pmset', () => {
  test('may say 30 MB more than what is asked for', async () => {
    await scriptedPath({
      pmset: `[ "$*" = "-g log" ] || exit 1
cat '${FILE}'
yes '2026-10-05 08:40:03 +0300 Assertions          	PID 331(powerd) Created UserIsActive' | head -c 30000000`,
    });
    expect(await sleepsSince(NIGHT.from, 'darwin')).toEqual({ told: [NIGHT, AUTUMN] });
  });

  test.each([
    ['a refusal', 'echo "pmset: must be root" >&2; exit 1', 'not-permitted'],
    ['100 MB of complaints', 'head -c 100000000 /dev/zero >&2', 'unreadable'],
  ])('tells nothing after %s', async (_, lines, why) => {
    await scriptedPath({ pmset: lines });
    expect(await sleepsSince(0, 'darwin')).toMatchObject({ why });
  });

  test('is of the Mac', async () => {
    expect(await sleepsSince(0, 'linux')).toMatchObject({ why: 'not-here' });
  });
});
