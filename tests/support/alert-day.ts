import { type AlertKind, type AlertPreferences, USUAL_PREFERENCES } from '#lib/domain/alert.ts';
import { type AlertRecord, type AlertState, dueAlerts, maySend } from '#lib/domain/alert-due.ts';
import type { Cause } from '#lib/domain/cause.ts';
import { incidentsOf } from '#lib/domain/incident.ts';
import { type Level, levelOf } from '#lib/domain/level.ts';
import type { Span } from '#lib/domain/timeline.ts';

/** A machine that measures, and one device that it calls. */
export class AlertDay {
  now: number;
  preferences: AlertPreferences;
  spans: Span[] = [];
  records = new Map<string, AlertRecord>();
  /** What the phone got, in order. */
  sent: { id: string; kind: AlertKind; at: number; level: Level }[] = [];

  constructor(preferences: Partial<AlertPreferences> = {}, now = Date.UTC(2026, 10, 23, 12)) {
    this.preferences = { ...USUAL_PREFERENCES, ...preferences };
    this.now = now;
  }

  get level(): Level {
    return this.spans.at(-1)?.level ?? 'no-data';
  }

  /** The history tells no moment twice. */
  get #at(): number {
    return Math.max(this.now, (this.spans.at(-1)?.at ?? 0) + 1);
  }

  be(cause: Cause): this {
    const level = levelOf(cause);
    if (level !== 'no-data') this.spans.push({ at: this.#at, level, cause, confirmedAt: this.#at });
    return this;
  }

  sleep(): this {
    if (this.level !== 'no-data') this.spans.push({ at: this.#at, level: 'no-data', gap: 'asleep' });
    return this;
  }

  pass(ms: number): this {
    this.now += ms;
    return this;
  }

  /** Decides, and sends what may go out; `fate` is what becomes of it. */
  look(fate: AlertState | 'later' = 'sent'): this {
    this.#decide();
    for (const [key, record] of this.records) {
      const may = maySend(record, { preferences: this.preferences, level: this.level, now: this.now });
      if (record.state === 'due' && may) this.#send(key, record, fate);
    }
    return this;
  }

  #decide(): void {
    const now = Math.max(this.now, this.spans.at(-1)?.at ?? 0);
    const incidents = incidentsOf(this.spans, { measuredUntil: now, now });
    const scene = { incidents, level: this.level, now: this.now };
    for (const step of dueAlerts({ preferences: this.preferences, records: [...this.records.values()] }, scene)) {
      const key = `${step.incidentId} ${step.kind}`;
      const there = this.records.get(key);
      const isNews = there === undefined || (there.state === 'due' && step.state === 'withdrawn');
      if (!isNews) throw new Error(`${key} was ${there.state} and is to be ${step.state}.`);
      this.records.set(key, { ...step, tries: there?.tries ?? 0 });
    }
  }

  #send(key: string, record: AlertRecord, fate: AlertState | 'later'): void {
    const state = fate === 'later' ? 'due' : fate;
    this.records.set(key, { ...record, state, tries: record.tries + 1 });
    const { incidentId: id, kind } = record;
    if (state === 'sent') this.sent.push({ id, kind, at: this.now, level: this.level });
  }

  get told(): string[] {
    return this.sent.map(({ kind }) => kind);
  }
}
