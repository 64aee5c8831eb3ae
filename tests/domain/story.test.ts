import { expect, test } from 'vitest';
import { byUtc, type Clock } from '#lib/domain/clock.ts';
import { conclude } from '#lib/domain/conclude.ts';
import type { Facts } from '#lib/domain/facts.ts';
import { storyOf } from '#lib/domain/story.ts';
import { DAY, HOUR, MINUTE, SECOND } from '#lib/domain/time.ts';
import { AT, answered, around, facts, failed } from '#tests/support/facts.ts';
import { boot, fact, listeners, log, past, service, tailscale } from '#tests/support/host-facts.ts';

/** As the Mac's wall clock and calendar would show it, an hour ahead of UTC. */
const clock: Clock = (at, now) => byUtc(at + HOUR, now + HOUR).replace(' UTC', '');
const story = (given: Facts, intervalMs = 5 * SECOND): string | null =>
  storyOf(given, conclude(given, around).cause, { ...around, clock, intervalMs });

const gone = { loopback: failed('refused', 'tcp', { kind: 'loopback' }), ...listeners() };
const down = (also: Partial<Facts>): Facts => facts(failed('refused'), { ...gone, ...also });

test.each<[string, Facts, string | null]>([
  [
    'a crash by its code and its last error',
    down({ ...past(), ...service({ lastExit: { code: 1 } }), ...log() }),
    "Was up until 15:02:06 (± 5 s), then exited with code 1: ModuleNotFoundError: No module named 'app'",
  ],
  [
    'the very second where the service manager knows it',
    down({ ...past(), ...service({ lastExit: { signal: 'SIGKILL' }, exitedAt: AT - 3 * SECOND }) }),
    'Was up until 15:02:08, then was ended by SIGKILL',
  ],
  [
    'a start that failed after the end by itself',
    down({
      ...past({ lastUpAt: AT - 300 * MINUTE, firstFailedAt: AT - 300 * MINUTE + 5 * SECOND }),
      ...service({ lastExit: { code: 3 }, startedAt: AT - SECOND, exitedAt: AT }),
    }),
    'Was up until 10:02:11 (± 5 s); a start at 15:02:10 exited with code 3',
  ],
  [
    'a start that failed after the end by its own end, where its beginning is not known',
    down({
      ...past({ lastUpAt: AT - 20 * SECOND, firstFailedAt: AT - 15 * SECOND }),
      ...service({ lastExit: { code: 3 }, exitedAt: AT }),
    }),
    'Was up until 15:01:51 (± 5 s); a start that ended at 15:02:11 exited with code 3',
  ],
  [
    'no error for one that was told to end, whatever its log says',
    down({ ...past(), ...service({ lastExit: { signal: 'SIGTERM' } }), ...log() }),
    'Was up until 15:02:06 (± 5 s), then was ended by SIGTERM',
  ],
  ['only the time where nothing else is known', down(past()), 'Was up until 15:02:06 (± 5 s)'],
  [
    'the interval as its exactness, where the first failure is not known',
    down(past({ firstFailedAt: null })),
    'Was up until 15:02:06 (± 5 s)',
  ],
  [
    'both ends of a stretch that nobody looked at',
    down(past({ lastUpAt: AT - 60 * MINUTE })),
    'Was up at 14:02:11 and no longer at 15:02:11',
  ],
  [
    'the day of what was before the weekend',
    down(past({ lastUpAt: AT - 3 * DAY })),
    'Was up at 15:02:11 on Fri 20 Nov and no longer at 15:02:11',
  ],
  [
    'the interval as its exactness, where the probe that failed began before the last answer came',
    down(past({ firstFailedAt: AT - 9 * SECOND })),
    'Was up until 15:02:06 (± 5 s)',
  ],
  [
    'a loop by how often and how long',
    down({
      ...service({ state: 'restarting', lastExit: { code: 3 } }),
      restarts: fact({ times: 7, withinMs: 2 * MINUTE }),
      ...log({ error: 'RuntimeError: no deck' }),
    }),
    'Restarting in a loop: 7 times in 2 min, last exit code 3: RuntimeError: no deck',
  ],
  [
    'a server that was never started since boot',
    down({ ...service({ starts: 0 }), ...boot({ bootedAt: AT - 10 * MINUTE }) }),
    'Not started since boot at 14:52:11',
  ],
  [
    'the day of a boot that was not today',
    down({ ...service({ starts: 0 }), ...boot({ bootedAt: AT - 9 * DAY }) }),
    'Not started since boot at 15:02:11 on Sat 14 Nov',
  ],
  ['an exit that nobody saw coming', down(service({ lastExit: { code: 3 } })), 'It exited with code 3'],
  [
    'when a key expired',
    facts(failed('unreachable'), tailscale({ state: 'needs-login', keyExpiresAt: AT - MINUTE })),
    'The key expired at 15:01:11',
  ],
  [
    'on which day a key expired',
    facts(failed('unreachable'), tailscale({ state: 'needs-login', keyExpiresAt: AT - 2 * DAY })),
    'The key expired at 15:02:11 on Sat 21 Nov',
  ],
  ['nothing of a server that answers', facts(answered(), past({ firstFailedAt: null })), null],
  ['nothing where nothing is known', down({}), null],
])('the story tells %s', (_, given, expected) => {
  expect(story(given)).toBe(expected);
});

test('an error that was in the log long before the end is not told as its reason', () => {
  const given = down({ ...past(), ...log({ writtenAt: AT - 60 * MINUTE }) });
  expect(story(given)).toBe('Was up until 15:02:06 (± 5 s)');
});
