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
const EXACT: readonly RegExp[] = [
  // The last line of a traceback (`pkg.SomeError: …`), an errno, uvicorn's word for an app that it cannot load.
  /^(?:[A-Z]+:\s+)?(?:[\w.]*(?:Error|Exception|Exit)(?:: |$)|\[Errno \d+\]|Error loading ASGI app\b)/,
  // Python: `/usr/bin/python3: No module named uvicorn`, `…/MacOS/Python: can't open file '…': [Errno 1] …`.
  /^.{0,250}?python[\w.]*: (?:No module named|can't (?:open|find)|Error while finding module)\b/i,
  // sh, bash, env: `start.sh: line 3: .venv/bin/uvicorn: No such file or directory`, `sh: 2: uvicorn: not found`.
  /^(?:(?:\S*(?:sh|env|nohup)|.{1,200}?: (?:line )?\d+): .{1,250}|\S{0,250}\/\S{1,250}): (?:no such file(?: or directory)?|(?:command )?not found|permission denied|operation not permitted|cannot execute\b.*|can't cd to .*)$/i,
  // zsh has the reason first: `zsh: command not found: uvicorn`, `start.sh:3: no such file or directory: .venv/bin/uvicorn`.
  /^(?:\S*sh|.{1,200}?:\d+): (?:command not found|no such file or directory|permission denied|operation not permitted|can't open input file): ./,
];
const LEVEL = /^(?!INFO|DEBUG|WARN).{0,60}?(?:^|[\s[-])(?:ERROR|CRITICAL|FATAL)\b/;
/** How a traceback ends that only tells of being stopped by Ctrl-C or the service manager. */
const STOPPED = /^(?:[\w.]*CancelledError|KeyboardInterrupt)\b/;
/** A request in an access log, whose answer shows that the server went on. */
const REQUEST = /"[A-Z]{3,7} \S+ HTTP\/[\d.]+" \d{3}\b/;
/** A line at level INFO or DEBUG; loggers begin with that or with a time. */
const ORDINARY = /^(?:\[?\d.{0,60}?[\s[|-])?(?:INFO|DEBUG)\b/;
/** What uvicorn says of itself before it listens. */
const BEGINS =
  /\b(?:Will watch for changes|Started (?:server|parent|reloader) process|Waiting for application startup|Application startup complete)\b/;
/** What uvicorn and gunicorn say first of their end. */
const ENDS =
  /\b(?:Shutting down|Waiting for application shutdown|Finished server process|Stopping reloader process|Worker exiting)\b/;
/** What uvicorn says after the line that says why. */
const CONCLUSION = /Application (?:startup|shutdown) failed/;

/**
 * What the last run of the server complained of last and did not survive: the end of a traceback or an exact error, else a
 * line that was logged as an error ("Application startup failed. Exiting." says less than the exception before it).
 */
function lastError(all: readonly string[]): string | undefined {
  const lines = sinceItWentOn(all.slice(all.findLastIndex((line) => STARTED.test(line)) + 1).map(withoutMargin));
  const logged = lines.filter((line) => LEVEL.test(line));
  return exactErrors(lines).at(-1) ?? logged.findLast((line) => !CONCLUSION.test(line)) ?? logged.at(-1);
}

/** The lines after those that show it went on. While it begins or ends, what is said at INFO shows nothing of that kind. */
function sinceItWentOn(lines: readonly string[]): readonly string[] {
  let isEnding = false;
  let from = 0;
  for (const [place, line] of lines.entries()) {
    const [begins, isRequest] = [BEGINS.test(line), REQUEST.test(line)];
    isEnding = ENDS.test(line) || (isEnding && !begins && !isRequest);
    if (isRequest || (!isEnding && !begins && ORDINARY.test(line))) from = place + 1;
  }
  return lines.slice(from);
}

/** Exact errors by their words, and what ends a traceback: the first line after its frames, which are indented. */
function exactErrors(lines: readonly string[]): readonly string[] {
  let inTraceback = false;
  return lines.filter((line) => {
    const isHead = TRACEBACK.test(line);
    const isEnd = inTraceback && /^\S/.test(line);
    inTraceback = isHead || (inTraceback && !isEnd);
    return !isHead && (isEnd || isExact(line)) && !STOPPED.test(line);
  });
}

const isExact = (line: string): boolean => EXACT.some((shape) => shape.test(line));

/** An exception within a group is printed behind a margin (`    | ValueError: …`). */
const withoutMargin = (line: string): string => line.replace(/^\s+[|+] /, '');
