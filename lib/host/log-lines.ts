import { stripVTControlCharacters } from 'node:util';
import type { LogTail } from '#lib/domain/host-facts.ts';
import { redact } from '#lib/domain/redact.ts';

const LINES = 20;
const LINE_LENGTH = 300;

/** What of a log is kept and shown: its last 20 lines of at most 300 characters and its last error, secrets left out. */
export function endOfLog(text: string): Pick<LogTail, 'lines' | 'error'> {
  const lines = text
    .split(/\r?\n/)
    .map(plain)
    .filter((line) => line.trim() !== '');
  const error = lastError(lines);
  return { lines: lines.slice(-LINES).map(shown), ...(error === undefined ? {} : { error: shown(error.trim()) }) };
}

/** Secrets go first: a cut through one would hide what it is. */
const shown = (line: string): string => redact(line).slice(0, LINE_LENGTH).toWellFormed();

/** Without colours and other control characters. */
const plain = (line: string): string =>
  stripVTControlCharacters(line)
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .trimEnd();

/** What uvicorn says once it listens: whatever went wrong before, it did start after that. */
const STARTED = /\bUvicorn running on\b/;
const TRACEBACK = /Traceback \(most recent call last\):$/;
/** The last line of a traceback (`pkg.SomeError: …`), an errno, uvicorn's word for an app that it cannot load. */
const EXACT = /^(?:[A-Z]+:\s+)?(?:[\w.]*(?:Error|Exception|Exit)(?:: |$)|\[Errno \d+\]|Error loading ASGI app\b)/;
const LEVEL = /^(?!INFO|DEBUG|WARN).{0,60}?(?:^|[\s[-])(?:ERROR|CRITICAL|FATAL)\b/;
/** How a traceback ends that only tells of being stopped by Ctrl-C or the service manager. */
const STOPPED = /^(?:[\w.]*CancelledError|KeyboardInterrupt)\b/;
/** What uvicorn says after the line that says why. */
const CONCLUSION = /Application (?:startup|shutdown) failed/;

/**
 * What the last run of the server complained of last: the end of a traceback or an exact error, else a line that was
 * logged as an error ("Application startup failed. Exiting." says less than the exception before it).
 */
function lastError(all: readonly string[]): string | undefined {
  const lines = all.slice(all.findLastIndex((line) => STARTED.test(line)) + 1).map(withoutMargin);
  const logged = lines.filter((line) => LEVEL.test(line));
  return exactErrors(lines).at(-1) ?? logged.findLast((line) => !CONCLUSION.test(line)) ?? logged.at(-1);
}

/** Exact errors by their words, and what ends a traceback: the first line after its frames, which are indented. */
function exactErrors(lines: readonly string[]): readonly string[] {
  let inTraceback = false;
  return lines.filter((line) => {
    const isHead = TRACEBACK.test(line);
    const isEnd = inTraceback && /^\S/.test(line);
    inTraceback = isHead || (inTraceback && !isEnd);
    return !isHead && (isEnd || EXACT.test(line)) && !STOPPED.test(line);
  });
}

/** An exception within a group is printed behind a margin (`    | ValueError: …`). */
const withoutMargin = (line: string): string => line.replace(/^\s+[|+] /, '');
