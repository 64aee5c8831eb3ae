import * as z from 'zod/mini';
import type { LogTail } from '#lib/domain/host-facts.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';
import { endOfLog } from './log-lines.ts';
import { runCommand } from './run-command.ts';
import { unitName, userBus } from './systemd-unit.ts';
import { whyNot } from './why-not.ts';

/** One line of `journalctl -o json`. Numbers are strings, a message that is not UTF-8 is its bytes, a very long one null. */
const entrySchema = z.object({
  __REALTIME_TIMESTAMP: z.string().check(z.regex(/^\d{1,16}$/)),
  MESSAGE: z.nullish(z.union([z.string(), z.array(z.int())])),
});

/** The end of what a systemd user unit wrote to the journal, as `logTail` tells it of a file. Never rejects. */
export async function journalLog(label: string): Promise<Told<LogTail>> {
  const unit = unitName(label);
  const args = [
    '--user',
    '--unit',
    unit,
    '--lines',
    '200',
    '--output',
    'json',
    '--output-fields',
    'MESSAGE',
    '--no-pager',
  ];
  const result = await runCommand('journalctl', args, { env: userBus() });
  if (result.outcome !== 'ok') return whyNot('journalctl', result);
  const entries = result.stdout.split('\n').flatMap(entryOf);
  const last = entries.at(-1);
  const path = `journalctl --user -u ${unit}`;
  if (last === undefined) return { why: 'not-here', detail: `${path} has no entries` };
  return { told: { path, writtenAt: last.at, ...endOfLog(entries.map(({ message }) => message).join('\n')) } };
}

function entryOf(line: string): readonly { readonly at: EpochMs; readonly message: string }[] {
  const entry = entrySchema.safeParse(json(line));
  if (!entry.success) return [];
  const { MESSAGE, __REALTIME_TIMESTAMP: micros } = entry.data;
  const message = typeof MESSAGE === 'string' ? MESSAGE : Buffer.from(MESSAGE ?? []).toString('utf8');
  return [{ at: Math.floor(Number(micros) / 1_000), message }];
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
