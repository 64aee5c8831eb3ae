import type { GapReason } from './cause.ts';
import { type DurationMs, SECOND } from './time.ts';

/** What passed between two heartbeats by four clocks. */
export type Beat = {
  /** By the wall clock; negative when it was set back. */
  readonly wallMs: DurationMs;
  /** By the monotonic clock, which counts sleep on macOS and not on Linux. */
  readonly monoMs: DurationMs;
  /** By the machine's uptime, which counts sleep on both. */
  readonly uptimeMs: DurationMs;
  /** Processor time this process used. */
  readonly cpuMs: DurationMs;
};

/** How much longer than planned a heartbeat may take before it counts as a gap: below it, load; above it, absence. */
const TOLERANCE_MS = 2 * SECOND;

export type Pause =
  | { readonly kind: 'gap'; readonly reason: GapReason }
  /** The wall clock went back: nothing is missing, but times would repeat. */
  | { readonly kind: 'clock-set-back'; readonly byMs: DurationMs };

/**
 * Why a heartbeat planned for `plannedMs` came when it did; null when it came in time. A monotonic gap with no processor
 * time is sleep on macOS; on Linux that clock stands still in sleep, so there it is a stopped process. Source: network
 * reference §5.
 */
export function explainPause(beat: Beat, plannedMs: DurationMs, platform: string): Pause | null {
  const late = beat.monoMs - plannedMs;
  if (late > TOLERANCE_MS) {
    const idle = beat.cpuMs < late / 4;
    return { kind: 'gap', reason: idle && platform === 'darwin' ? 'asleep' : 'frozen' };
  }
  const jump = beat.wallMs - beat.monoMs;
  if (jump < -SECOND) return { kind: 'clock-set-back', byMs: -jump };
  if (jump <= TOLERANCE_MS) return null;
  // Asleep when the uptime went along with the wall clock; otherwise somebody set the clock.
  return { kind: 'gap', reason: platform !== 'darwin' && beat.uptimeMs - beat.monoMs > jump / 2 ? 'asleep' : 'clock' };
}
