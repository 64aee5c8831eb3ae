import type { Generated, Kysely } from 'kysely';

/** Places of enums are places in the domain's lists; times are epoch ms, timings whole microseconds. */
export type ProbeTable = {
  /** Four times the moment it started, plus the place of its target's kind: appending keeps pages full. */
  id: number;
  cause: number;
  late: number;
  total_us: number;
  dns_us: number | null;
  tcp_us: number | null;
  tls_us: number | null;
  first_byte_us: number | null;
  download_us: number | null;
  /** Null when it was answered. */
  failed_in: number | null;
  reason: number | null;
  status: number | null;
  /** Which row of `words` says the rest of it. */
  words: number;
};

/** What is the same for most probes, kept once: address, health or error, as JSON. */
export type WordsTable = { id: Generated<number>; body: string; used_at: number };

/** One row where a state begins; a gap has a reason instead of a cause. */
export type SpanTable = {
  at: number;
  level: number;
  cause: number | null;
  confirmed_at: number | null;
  gap: number | null;
};

/** A stretch of wall time (UTC) that is over, as long as the table says. One that is missing was all gap. */
export type BucketTable = {
  at: number;
  ready_ms: number;
  degraded_ms: number;
  down_ms: number;
  gap_ms: number;
  count: number;
  /** Phases, causes and latency, packed into one: reading rows with three blobs took twice as long. Null without probes. */
  tally: Uint8Array | null;
};

/** What an incident remembers, one row for each moment and thing noted. */
export type NoteTable = {
  at: number;
  /** `remedy`, or the id of the cause that was concluded. */
  what: string;
  /** The rest of it, as JSON of at most 8 KB. */
  body: string;
};

export type Tables = {
  probe: ProbeTable;
  words: WordsTable;
  span: SpanTable;
  note: NoteTable;
  minute: BucketTable;
  five_minutes: BucketTable;
  hour: BucketTable;
  two_hours: BucketTable;
  quarter_day: BucketTable;
  day: BucketTable;
  /** One row at most: all before `rolled_until`, a whole minute, is in the buckets. */
  progress: { id: 1; rolled_until: number };
};

export type Db = Kysely<Tables>;
