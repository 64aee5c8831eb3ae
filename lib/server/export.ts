import type { Measurement } from '#lib/domain/measurement.ts';
import { PHASES } from '#lib/domain/probe.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import { intervalOf, type Window } from '#lib/domain/window.ts';
import { incidentStories } from './read-incidents.ts';
import { NO_STORE } from './respond.ts';
import type { Services } from './services.ts';

export const EXPORT_FORMATS = ['csv', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const TYPES: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv; charset=utf-8', json: 'application/json' };

type Flat = Readonly<Record<string, string | number | boolean | null>>;

/** Every kept probe of a window as a download, read and sent in batches, so that no size of history fills the memory. */
export function exportHistory(
  services: Services,
  { format, window }: { format: ExportFormat; window: Window },
): Response {
  const interval = intervalOf(window, services.now());
  const lines = format === 'csv' ? csvOf(services, interval) : jsonOf(services, { ...interval, window });
  const day = new Date(interval.to).toISOString().slice(0, 10);
  return new Response(streamOf(encoded(lines)), {
    headers: {
      ...NO_STORE,
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="lifeline-${window}-${day}.${format}"`,
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

type Interval = { readonly from: EpochMs; readonly to: EpochMs };

async function* csvOf({ store }: Services, interval: Interval): AsyncGenerator<string> {
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

async function* jsonOf(
  { store, monitor }: Services,
  { from, to, window }: Interval & { window: Window },
): AsyncGenerator<string> {
  const { measuredUntil } = monitor.snapshot();
  const incidents = await incidentStories(store, { from, to, measuredUntil });
  yield `{"window":"${window}","from":${from},"to":${to},"incidents":${JSON.stringify(incidents)},"probes":[`;
  let comma = '';
  for await (const measurement of store.measurements({ from, to })) {
    yield `${comma}\n${JSON.stringify(flat(measurement))}`;
    comma = ',';
  }
  yield '\n]}\n';
}
