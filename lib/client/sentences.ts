import type { History } from '#lib/contract/history.ts';
import { GAP_REASONS } from '#lib/domain/cause.ts';
import { PHASES } from '#lib/domain/probe.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import { durationText } from './duration-text.ts';
import { GAP_WORDS } from './gap-words.ts';
import { latencyText } from './latency-text.ts';
import { percentText } from './percent-text.ts';
import { phaseMeans } from './phase-series.ts';
import { PHASE_WORDS } from './probe-words.ts';

/** What was not measured and why, longest first: `7 h asleep, 10 min Lifeline not running`. Empty when all was measured. */
export function gapText({ gaps }: Pick<History, 'gaps'>): string {
  const lengthOf = (reason: (typeof GAP_REASONS)[number]): DurationMs => gaps[reason] ?? 0;
  return GAP_REASONS.filter((reason) => lengthOf(reason) >= 1_000)
    .sort((a, b) => lengthOf(b) - lengthOf(a))
    .map((reason) => `${durationText(lengthOf(reason))} ${GAP_WORDS[reason]}`)
    .join(', ');
}

function outageText({ incidents, buckets }: History): string {
  const notReadyMs = buckets.reduce((sum, { degradedMs, downMs }) => sum + degradedMs + downMs, 0);
  if (incidents.length === 0) return 'No incidents.';
  const count = incidents.length === 1 ? 'One incident' : `${incidents.length} incidents`;
  return `${count}, ${durationText(notReadyMs)} in all.`;
}

/** The uptime strip for those who cannot see it. */
export function uptimeSentence(history: History): string {
  const { uptime } = history;
  if (uptime.ready === null || uptime.reachable === null) return 'Nothing has been measured in this time yet.';
  const gaps = gapText(history);
  const uncounted = gaps === '' ? '' : ` Not counted: ${gaps}.`;
  return `Ready ${percentText(uptime.ready)} and reachable ${percentText(uptime.reachable)} of the measured time. ${outageText(history)}${uncounted}`;
}

/** The latency chart for those who cannot see it. */
export function latencySentence({ latency, buckets }: History): string {
  if (latency.p50Ms === null) return 'Nothing has been answered in this time yet.';
  const slowest = Math.max(0, ...buckets.flatMap(({ maxMs }) => maxMs ?? []));
  const most = latency.p95Ms === null ? '' : `, 95 % within ${latencyText(latency.p95Ms)}`;
  const worst = slowest > 0 ? `, the slowest ${latencyText(slowest)}` : '';
  return `Half of the answers came within ${latencyText(latency.p50Ms)}${most}${worst}.`;
}

/** The phases chart for those who cannot see it. */
export function phasesSentence(history: History): string {
  const means = phaseMeans(history);
  const seen = PHASES.filter((phase) => means[phase] !== undefined);
  if (seen.length === 0) return 'No answer has been measured in this time yet.';
  return `On average: ${seen.map((phase) => `${PHASE_WORDS[phase].toLowerCase()} ${latencyText(means[phase] ?? 0)}`).join(', ')}.`;
}
