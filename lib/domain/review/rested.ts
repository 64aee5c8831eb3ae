import { type EpochMs, MINUTE } from '#lib/domain/time.ts';
import type { SessionState } from './session-state.ts';

/** Who has not pressed for so long has done something else. */
const REST_MS = 30 * MINUTE;

/** After a long rest a session begins anew. */
export function rested(state: SessionState, at: EpochMs): SessionState {
  const lastAt = state.pressedAt ?? state.startedAt;
  if (lastAt === null || at - lastAt <= REST_MS) return state;
  return { ...state, done: 0, startedAt: state.shown === null ? null : at, pressedAt: null };
}
