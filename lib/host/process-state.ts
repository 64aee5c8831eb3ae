import type { Process } from '#lib/domain/host-facts.ts';

/**
 * The first letter of a state as macOS and Linux write it: `U` and `D` wait without being interruptible, `I` has been idle
 * or is an idle kernel thread, `t` is held by a debugger.
 */
export function processState(state: string): Process['state'] {
  switch (state.charAt(0)) {
    case 'R':
      return 'running';
    case 'S':
    case 'D':
    case 'I':
    case 'U':
      return 'sleeping';
    case 'T':
    case 't':
      return 'stopped';
    case 'Z':
      return 'zombie';
    default:
      return 'other';
  }
}
