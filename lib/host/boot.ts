import { readFile } from 'node:fs/promises';
import type { Boot } from '#lib/domain/host-facts.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';
import { runCommand } from './run-command.ts';
import { whyNot } from './why-not.ts';

/** When this machine started and, on a Mac, last slept and woke. Never rejects. */
export async function bootTime(platform = process.platform): Promise<Told<Boot>> {
  switch (platform) {
    case 'darwin':
      return askSysctl();
    case 'linux':
      return readProcStat();
    default:
      return { why: 'not-here', detail: `${platform} does not tell when it started` };
  }
}

async function askSysctl(): Promise<Told<Boot>> {
  const result = await runCommand('sysctl', ['kern.boottime', 'kern.sleeptime', 'kern.waketime']);
  // A name it does not know makes it end with 1, after it has told the others.
  if (result.outcome !== 'ok' && result.outcome !== 'exited') return whyNot('sysctl', result);
  const boot = parseSysctl(result.stdout);
  if (boot !== null) return { told: boot };
  return result.outcome === 'ok' ? { why: 'unreadable', detail: 'sysctl is not as known' } : whyNot('sysctl', result);
}

/**
 * Reads `kern.waketime: { sec = 1788256800, usec = 654321 } Mon Sep  1 …` lines (network reference §2.9). Null without a
 * start. Zero stands for "not since the start".
 */
export function parseSysctl(text: string): Boot | null {
  const at = (name: string): EpochMs | undefined => {
    const [, sec, usec] =
      new RegExp(String.raw`^kern\.${name}\s*[:=]\s*\{ sec = (\d{1,11}), usec = (\d{1,6}) \}`, 'm').exec(text) ?? [];
    return sec === undefined || Number(sec) === 0 ? undefined : Number(sec) * 1_000 + Math.floor(Number(usec) / 1_000);
  };
  const [bootedAt, sleptAt, wokeAt] = [at('boottime'), at('sleeptime'), at('waketime')];
  if (bootedAt === undefined) return null;
  return { bootedAt, ...(sleptAt === undefined ? {} : { sleptAt }), ...(wokeAt === undefined ? {} : { wokeAt }) };
}

async function readProcStat(): Promise<Told<Boot>> {
  try {
    const seconds = /^btime (\d{1,11})$/m.exec(await readFile('/proc/stat', 'utf8'))?.[1];
    if (seconds === undefined) return { why: 'unreadable', detail: '/proc/stat has no btime' };
    return { told: { bootedAt: Number(seconds) * 1_000 } };
  } catch (error) {
    return { why: 'not-permitted', detail: String(error) };
  }
}
