import { readdir, readFile } from 'node:fs/promises';
import type { Process } from '#lib/domain/host-facts.ts';
import type { EpochMs } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';
import { processState } from './process-state.ts';
import { commandText } from './ps.ts';
import { whyNoFile } from './why-no-file.ts';

/** Every process of this Linux that we may see, from /proc. Never rejects. Takes about 20 ms. */
export async function readProcStat(proc = '/proc'): Promise<Told<readonly Process[]>> {
  const stat = await readFile(`${proc}/stat`, 'utf8').catch(whyNoFile);
  if (typeof stat !== 'string') return stat;
  const [, seconds] = /^btime (\d{1,12})$/m.exec(stat) ?? [];
  if (seconds === undefined) return { why: 'unreadable', detail: `${proc}/stat has no btime` };
  const pids = (await readdir(proc).catch(() => [])).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(pids.map((pid) => readProcess(`${proc}/${pid}`, Number(seconds) * 1_000)));
  return { told: all.filter((process) => process !== undefined) };
}

/** Undefined for one that ended meanwhile. */
async function readProcess(folder: string, bootedAt: EpochMs): Promise<Process | undefined> {
  const read = (name: string) => readFile(`${folder}/${name}`, 'utf8').catch(() => '');
  const [stat, cmdline] = await Promise.all([read('stat'), read('cmdline')]);
  return parseProcStat(stat, { cmdline, bootedAt });
}

/** `pid (name) state ppid …` with the start as field 22 in ticks after boot; a name may have spaces and brackets. */
const STAT = /^(\d{1,10}) \((.*)\) (\S) (\d{1,10})(?: -?\d+){17} (\d{1,20})(?: |$)/s;
/** USER_HZ, which is 100 on all that run Node 26. */
const MS_PER_TICK = 10;

/** One process from its `stat` and `cmdline`; undefined for a `stat` that is not as in proc(5). */
export function parseProcStat(
  stat: string,
  { cmdline, bootedAt }: { readonly cmdline: string; readonly bootedAt: EpochMs },
): Process | undefined {
  const [, pid, name, state = '', parentPid, ticks] = STAT.exec(stat) ?? [];
  if (pid === undefined) return undefined;
  return {
    pid: Number(pid),
    parentPid: Number(parentPid),
    state: processState(state),
    startedAt: bootedAt + Number(ticks) * MS_PER_TICK,
    // Kernel threads and zombies have no command line.
    command: commandText(cmdline === '' ? `[${name}]` : cmdline.replaceAll('\0', ' ')),
  };
}
