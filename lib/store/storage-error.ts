export const STORAGE_REASONS = ['full', 'read-only', 'not-openable', 'corrupt', 'busy', 'other'] as const;
export type StorageReason = (typeof STORAGE_REASONS)[number];

/** The disk or a file of the data directory refuses to keep or to give what belongs in it. The message says in a sentence or two what to do. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly reason: StorageReason;

  constructor(reason: StorageReason, where: string, cause: unknown) {
    super(adviceFor(reason, where, cause), { cause });
    this.reason = reason;
  }
}

function adviceFor(reason: StorageReason, where: string, cause: unknown): string {
  switch (reason) {
    case 'full':
      return `The disk that holds ${where} is full. Free some space; recording goes on by itself.`;
    case 'read-only':
      return `${where} cannot be written. Give this user write permission, or set LIFELINE_DATA_DIR to a directory that can be written.`;
    case 'not-openable':
      return `${where} cannot be opened or created (${messageOf(cause)}). Set LIFELINE_DATA_DIR to a directory that this user may create.`;
    case 'corrupt':
      return `${where} is damaged or no file of Lifeline's (${messageOf(cause)}). Nothing was deleted: move the file away and start again for a new one.`;
    case 'busy':
      return `${where} is in use by another program. Close it there; recording goes on by itself.`;
    case 'other':
      return `${where} could not be read or written (${messageOf(cause)}).`;
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** SQLite's primary result codes, the lowest byte of an error code: https://www.sqlite.org/rescode.html */
const OF_SQLITE: Readonly<Record<number, StorageReason>> = {
  3: 'read-only', // PERM
  5: 'busy', // BUSY
  6: 'busy', // LOCKED
  8: 'read-only', // READONLY
  10: 'other', // IOERR
  11: 'corrupt', // CORRUPT
  13: 'full', // FULL
  14: 'not-openable', // CANTOPEN
  26: 'corrupt', // NOTADB
};
/** SQLITE_IOERR_SHMSIZE: the shared-memory file could not grow, which it only fails to on a full disk. */
const SHARED_MEMORY_CANNOT_GROW = 4874;

const OF_SYSTEM: Readonly<Record<string, StorageReason>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'not-openable',
  EPERM: 'not-openable',
  ENOTDIR: 'not-openable',
  EEXIST: 'not-openable',
  EISDIR: 'not-openable',
  ENOENT: 'not-openable',
};

/** What the disk said, as a StorageError; null for anything that is no word of SQLite or of the file system. */
export function storageErrorOf(error: unknown, where: string): StorageError | null {
  if (error instanceof StorageError) return error;
  if (!(error instanceof Error)) return null;
  if ('errcode' in error && typeof error.errcode === 'number') {
    const full = error.errcode === SHARED_MEMORY_CANNOT_GROW;
    const reason = full ? 'full' : OF_SQLITE[error.errcode & 255];
    return reason === undefined ? null : new StorageError(reason, where, error);
  }
  if ('syscall' in error && 'code' in error && typeof error.code === 'string') {
    return new StorageError(OF_SYSTEM[error.code] ?? 'other', where, error);
  }
  return null;
}
