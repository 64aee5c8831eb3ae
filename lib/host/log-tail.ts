import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { LogTail } from '#lib/domain/host-facts.ts';
import type { Told, Unknown } from '#lib/domain/told.ts';
import { endOfLog } from './log-lines.ts';

const TAIL_BYTES = 65_536;

/**
 * The end of a log file: of its last 64 KiB the last 20 lines and what went wrong, secrets left out. What is no file of
 * text is told as such and never waited for. Never rejects.
 */
export async function logTail(path: string): Promise<Told<LogTail>> {
  try {
    // Looked at before it is opened: to open a device or a pipe can do something, or wait for somebody.
    const why = whyNotReadable(path, await stat(path));
    return why ?? (await readTail(path));
  } catch (error) {
    return ofError(path, error);
  }
}

async function readTail(path: string): Promise<Told<LogTail>> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await file.stat();
    // It may have become another since it was looked at.
    const why = whyNotReadable(path, found);
    if (why !== null) return why;
    const text = await lastText(file, found.size);
    if (text === null) return { why: 'unreadable', detail: `${path} is not text` };
    return { told: { path, writtenAt: Math.floor(found.mtimeMs), ...endOfLog(text) } };
  } finally {
    await file.close();
  }
}

/** Null for what is not text. A line whose beginning is out of sight is left out: it could hide what its words are. */
async function lastText(file: FileHandle, size: number): Promise<string | null> {
  const start = Math.max(0, size - TAIL_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, start);
  const bytes = buffer.subarray(0, bytesRead);
  if (bytes.includes(0)) return null;
  const text = bytes.toString('utf8');
  return start === 0 ? text : text.slice(text.indexOf('\n') + 1 || text.length);
}

function whyNotReadable(path: string, found: Stats): Unknown | null {
  if (found.isFile()) return null;
  const kind = found.isDirectory() ? 'a folder' : found.isFIFO() ? 'a pipe' : 'a device or a socket';
  return { why: 'unreadable', detail: `${path} is ${kind}, not a file` };
}

function ofError(path: string, error: unknown): Unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { why: 'not-here', detail: `${path} does not exist` };
    case 'EACCES':
    case 'EPERM':
      return { why: 'not-permitted', detail: `${path} may not be read by this user` };
    default:
      return { why: 'unreadable', detail: `${path} could not be read (${code})` };
  }
}
