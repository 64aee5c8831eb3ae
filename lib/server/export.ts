import type { IncidentView } from '#lib/contract/history.ts';
import { absencesOf } from '#lib/domain/absence.ts';
import type { Measurement } from '#lib/domain/measurement.ts';
import { PHASES } from '#lib/domain/probe.ts';
import { MINUTE } from '#lib/domain/time.ts';
import { intervalOf, type Window } from '#lib/domain/window.ts';
import type { Snapshot } from '#lib/monitor/snapshot.ts';
import type { HistoryStore, Interval } from '#lib/store/history-store.ts';
import { incidentStories, MOST_SPANS } from './read-incidents.ts';
import { NO_STORE } from './respond.ts';
import type { Services } from './services.ts';

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const TYPES: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv; charset=utf-8', json: 'application/json' };

type Flat = Readonly<Record<string, string | number | boolean | null>>;

type Source = Pick<Services, 'store' | 'now'> & {
  readonly monitor: { readonly snapshot: () => Pick<Snapshot, 'measuredUntil'> };
};

/** Every kept probe of a window as a download, read and sent in batches, so that no size of history fills the memory. */
export async function exportHistory(
  services: Source,
  { format, window }: { format: ExportFormat; window: Window },
): Promise<Response> {
  const { from, to } = intervalOf(window, services.now());
  const name = `${window}-${new Date(to).toISOString().slice(0, 10)}`;
  if (format === 'csv') return download(csvOf(services.store, { from, to }), { format, name });
  const told = await toldOf(services, { from, to });
  return download(jsonOf(services.store, { from, to }, { window, from, to, ...told }), { format, name });
}

/** An incident and the kept probes from its first failure to a minute after its end as a download. */
export function exportIncident(
  { store, now }: Omit<Source, 'monitor'>,
  incident: IncidentView,
  format: ExportFormat,
): Response {
  const interval = { from: incident.startedAt, to: Math.min((incident.endedAt ?? now()) + MINUTE, now()) };
  const name = `incident-${new Date(incident.startedAt).toISOString().slice(0, 19).replaceAll(':', '-')}`;
  const lines = format === 'csv' ? csvOf(store, interval) : jsonOf(store, interval, { incident, ...interval });
  return download(lines, { format, name });
}

/** The incidents of an interval with what was noted, and when nobody looked. */
async function toldOf({ store, monitor }: Source, { from, to }: Interval) {
  const { measuredUntil } = monitor.snapshot();
  const spans = await store.spansFor({ from, to }, MOST_SPANS);
  return {
    incidents: await incidentStories(store, { from, to, measuredUntil }),
    absences: absencesOf(spans, { from, measuredUntil, now: to }),
  };
}

function download(lines: AsyncIterable<string>, { format, name }: { format: ExportFormat; name: string }): Response {
  return new Response(streamOf(encoded(lines)), {
    headers: {
      ...NO_STORE,
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="lifeline-${name}.${format}"`,
    },
  });
}

/** Pulled by the reader: a slow phone slows the reading of the disk, and a closed tab ends it. */
function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await chunks.return(undefined);
    },
  });
}

async function* encoded(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = '';
  for await (const line of lines) {
    text += line;
    if (text.length < 32_768) continue;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(text);
}

/** One probe, flat. Times are ISO 8601 and epoch ms, durations ms; a phase that was not entered is null. */
function flat({ result, cause, late }: Measurement): Flat {
  const failed = result.outcome === 'failed' ? result : null;
  return {
    time: new Date(result.startedAt).toISOString(),
    startedAt: result.startedAt,
    target: result.target.kind,
    outcome: result.outcome,
    cause,
    failedIn: failed?.failedIn ?? null,
    reason: failed?.reason ?? null,
    status: result.status ?? null,
    code: failed?.code ?? null,
    ...Object.fromEntries(PHASES.map((phase) => [`${phase}Ms`, result.timings[phase] ?? null])),
    totalMs: result.totalMs,
    late,
  };
}

async function* csvOf(store: HistoryStore, interval: Interval): AsyncGenerator<string> {
  let headed = false;
  for await (const measurement of store.measurements(interval)) {
    const row = flat(measurement);
    if (!headed) yield `${Object.keys(row).join(',')}\n`;
    headed = true;
    yield `${Object.values(row)
      .map((value) => value ?? '')
      .join(',')}\n`;
  }
}

/** One object: the fields of `head`, then `probes`. */
async function* jsonOf(store: HistoryStore, interval: Interval, head: object): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"probes":[`;
  let comma = '';
  for await (const measurement of store.measurements(interval)) {
    yield `${comma}\n${JSON.stringify(flat(measurement))}`;
    comma = ',';
  }
  yield '\n]}\n';
}
