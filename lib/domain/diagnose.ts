import { CAUSE_WORDS } from './cause-words.ts';
import { judge } from './conclude.ts';
import type { Diagnosis } from './diagnosis.ts';
import { evidenceOf } from './evidence.ts';
import type { Facts } from './facts.ts';
import { appShows } from './phone.ts';
import { remediesFor, type Surroundings } from './remedies.ts';
import { see } from './rows/scene.ts';
import { storyOf } from './story.ts';

/** The one root cause of what the facts show, how sure it is, what the phone shows, and what mends it. Pure and total. */
export function diagnose(facts: Facts, around: Surroundings): Diagnosis {
  const { conclusion, met } = judge(facts, around);
  const { cause, confidence, row } = conclusion;
  return {
    cause,
    confidence,
    row,
    story: storyOf(see(facts, around), cause, around),
    ...CAUSE_WORDS[cause],
    appShows: appShows(cause, met),
    by: [...conclusion.by, ...conclusion.against],
    evidence: evidenceOf(facts, conclusion, around),
    remedies: remediesFor(cause, around, facts),
  };
}

/** Before the first believable probe. */
export const NO_DIAGNOSIS: Diagnosis = {
  cause: 'no-data',
  confidence: 'high',
  row: null,
  story: null,
  ...CAUSE_WORDS['no-data'],
  appShows: null,
  by: [],
  evidence: [],
  remedies: [],
};
