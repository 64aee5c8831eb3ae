import { uptime } from 'node:os';
import { describe, expect, test } from 'vitest';
import { bootTime, parseSysctl } from '#lib/host/boot.ts';
import { machineLoad } from '#lib/host/load.ts';
import { fc } from '#tests/support/fast-check.ts';
import { mutated } from '#tests/support/mutated.ts';
import { scriptedPath } from '#tests/support/scripted-path.ts';

const SYSCTL = `kern.boottime: { sec = 1788245700, usec = 12345 } Tue Sep  1 06:55:00 2026
kern.sleeptime: { sec = 1788300000, usec = 0 } Tue Sep  1 22:00:00 2026
kern.waketime: { sec = 1788330000, usec = 654321 } Wed Sep  2 06:20:00 2026
`;

describe('on a Mac', () => {
  test('sysctl tells the start and the last sleep, to the millisecond', () => {
    expect(parseSysctl(SYSCTL)).toEqual({
      bootedAt: 1_788_245_700_012,
      sleptAt: 1_788_300_000_000,
      wokeAt: 1_788_330_000_654,
    });
  });

  test('zero is no sleep since the start', () => {
    const never = SYSCTL.replace('1788300000', '0').replace('1788330000', '0');
    expect(parseSysctl(never)).toEqual({ bootedAt: 1_788_245_700_012 });
  });

  test('without a start it is no answer', () => {
    expect(parseSysctl('kern.waketime: { sec = 7000, usec = 654321 } Sun Jan 18 11:16:53 2015')).toBeNull();
  });

  test('no text makes the reading throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), mutated([SYSCTL])), (text) => {
        for (const at of Object.values(parseSysctl(text) ?? {})) expect(Number.isSafeInteger(at)).toBe(true);
      }),
    );
  });

  test('what one sysctl knows counts, though it ends with 1 for what it does not', async () => {
    await scriptedPath({
      sysctl: `echo '${SYSCTL.split('\n')[0]}'; echo "sysctl: unknown oid 'kern.sleeptime'" >&2; exit 1`,
    });
    expect(await bootTime('darwin')).toEqual({ told: { bootedAt: 1_788_245_700_012 } });
  });

  test.each([
    ['nonsense', 'echo hello', 'unreadable'],
    ['a refusal', 'echo "sysctl: Operation not permitted" >&2; exit 1', 'not-permitted'],
    ['silence', 'sleep 600', 'silent'],
  ])('it is unknown after %s', async (_, lines, why) => {
    await scriptedPath({ sysctl: lines });
    expect(await bootTime('darwin')).toMatchObject({ why });
  });
});

test.runIf(process.platform === 'linux')('on Linux the kernel tells when it started', async () => {
  const told = await bootTime();
  const { bootedAt } = 'told' in told ? told.told : { bootedAt: 0 };
  // Seconds of the kernel's own rounding; a clock that was set since the start would show more.
  expect(Math.abs(Date.now() - uptime() * 1_000 - bootedAt)).toBeLessThan(5_000);
});

test('elsewhere it is not told', async () => {
  expect(await bootTime('freebsd')).toMatchObject({ why: 'not-here' });
});

test('the load is a share of each processor', () => {
  expect(machineLoad().perCore).toBeGreaterThanOrEqual(0);
});
