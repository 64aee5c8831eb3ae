import type { Cause, GapReason } from '#lib/domain/cause.ts';
import { DAY, type EpochMs, HOUR, MINUTE } from '#lib/domain/time.ts';
import type { Random } from './random.ts';

/** What happens from `at` until the next one begins. */
export type Planned = { readonly at: EpochMs } & ({ readonly cause: Cause } | { readonly gap: GapReason });

/** Outages by how they come: each a story of causes that follow on each other; now and then the Mac is put to sleep meanwhile. */
const STORIES: readonly [readonly Cause[], ...(readonly Cause[])[]] = [
  ['not-running'],
  ['not-running'],
  ['not-running', 'anki-not-running'],
  ['hung'],
  ['hung', 'not-running'],
  ['slower-than-app'],
  ['slower-than-app', 'hung', 'not-running'],
  ['anki-not-running'],
  ['anki-not-running'],
  ['ankiconnect-missing'],
  ['loopback-only'],
  ['wrong-program'],
  ['server-error'],
  ['name-not-found'],
  ['unreachable'],
  ['closed-early'],
];

/** A life from `from` to `to`, oldest first: the Mac sleeps most nights, something breaks every other day; it ends well. */
export function planOf(from: EpochMs, to: EpochMs, random: Random): readonly Planned[] {
  const plan: Planned[] = [{ at: from, cause: 'healthy' }];
  for (let midnight = Math.floor(from / DAY) * DAY; midnight < to; midnight += DAY) {
    plan.push(...nightOf(midnight, random), ...dayOf(midnight, random));
  }
  const last = to - 2 * HOUR;
  const within = plan.filter(({ at }) => at >= from && at < last);
  return [...within.sort((a, b) => a.at - b.at), { at: Math.max(last, from), cause: 'healthy' }];
}

function nightOf(midnight: EpochMs, random: Random): readonly Planned[] {
  if (random.share() < 0.25) return [];
  const asleepAt = midnight + random.between(5, 40) * MINUTE;
  return [
    { at: asleepAt, gap: 'asleep' },
    { at: asleepAt + random.between(5.5, 7) * HOUR, cause: 'healthy' },
  ];
}

function dayOf(midnight: EpochMs, random: Random): readonly Planned[] {
  const morning = midnight + random.between(8, 12) * HOUR;
  const plan: Planned[] = [];
  if (random.share() < 0.5) plan.push(...outageAt(morning, random));
  if (random.share() < 0.12) plan.push(...gapAt(midnight + random.between(16, 17) * HOUR, random));
  if (random.share() < 0.15) plan.push(...outageAt(midnight + random.between(18, 20) * HOUR, random));
  return plan;
}

function outageAt(at: EpochMs, random: Random): readonly Planned[] {
  const plan: Planned[] = [];
  let next = at;
  for (const cause of random.oneOf(STORIES)) {
    plan.push({ at: next, cause });
    next += 45_000 * Math.exp(random.between(0, 4.2));
    if (random.share() < 0.1) {
      plan.push({ at: next, gap: 'asleep' }, { at: next + random.between(5, 50) * MINUTE, cause });
      next = (plan.at(-1)?.at ?? next) + random.between(1, 4) * MINUTE;
    }
  }
  return [...plan, { at: next, cause: 'healthy' }];
}

function gapAt(at: EpochMs, random: Random): readonly Planned[] {
  const gap = random.oneOf<GapReason>(['stopped', 'frozen', 'asleep']);
  return [
    { at, gap },
    { at: at + random.between(0.5, 50) * MINUTE, cause: 'healthy' },
  ];
}
