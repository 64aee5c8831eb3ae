/** The signals that end a process, by number: 1–15 are the same everywhere but for three. Sources: signal.h of xnu and of Linux on x86 and ARM. */
const COMMON = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  8: 'SIGFPE',
} as const;
const MORE = { 9: 'SIGKILL', 11: 'SIGSEGV', 13: 'SIGPIPE', 14: 'SIGALRM', 15: 'SIGTERM', 24: 'SIGXCPU', 25: 'SIGXFSZ' };
const NAMES = {
  macos: new Map(
    Object.entries({ ...COMMON, ...MORE, 7: 'SIGEMT', 10: 'SIGBUS', 12: 'SIGSYS', 30: 'SIGUSR1', 31: 'SIGUSR2' }),
  ),
  linux: new Map(Object.entries({ ...COMMON, ...MORE, 7: 'SIGBUS', 10: 'SIGUSR1', 12: 'SIGUSR2', 31: 'SIGSYS' })),
};

/** The name of a signal of that system, such as `SIGKILL`; `signal 40` where it has none. */
export const signalName = (signal: number, os: keyof typeof NAMES): string =>
  NAMES[os].get(String(signal)) ?? `signal ${signal}`;
