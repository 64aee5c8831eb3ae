import pino from 'pino';

/** One JSON object a line on standard output. Secrets never reach it: it is given facts, not configuration. */
export const log = pino({
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  level: process.env['LOG_LEVEL'] ?? 'info',
});
