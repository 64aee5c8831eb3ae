import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An executable shell script in a directory that goes with the test; tells its path. */
export async function scriptedTool(lines: string, mode = 0o755): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tool-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'tool');
  await writeFile(path, `#!/bin/sh\n${lines}\n`);
  await chmod(path, mode);
  return path;
}
