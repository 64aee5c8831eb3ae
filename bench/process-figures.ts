import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What the operating system says a process has used since it started. */
export type ProcessFigures = {
  readonly cpuSeconds: number;
  /** Of the processes it started that have ended, such as host tools; absent where the system does not tell. */
  readonly childCpuSeconds?: number;
  readonly residentBytes: number;
  /** Caused to be written to a disk; absent where the system does not tell. */
  readonly writtenBytes?: number;
};

/** Linux counts CPU time in hundredths of a second for every program. Source: proc(5), USER_HZ. */
const TICKS_PER_SECOND = 100;

/** Reads the figures of a running process. Throws when it has ended. */
export function figuresOf(pid: number): ProcessFigures {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): ProcessFigures {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The program's name may hold spaces, so fields are counted from the parenthesis after it: utime and stime are 14 and 15,
  // those of its children that have ended 16 and 17.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const numberIn = (file: string, key: string) =>
    Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1]);
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    childCpuSeconds: (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND,
    residentBytes: numberIn('status', 'VmRSS') * 1_024,
    writtenBytes: numberIn('io', 'write_bytes'),
  };
}

function fromPs(pid: number): ProcessFigures {
  const [rss = '', time = ''] = execFileSync('ps', ['-o', 'rss=,time=', '-p', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/);
  const cpuSeconds = time.split(':').reduce((total, part) => total * 60 + Number(part), 0);
  return { cpuSeconds, residentBytes: Number(rss) * 1_024 };
}
