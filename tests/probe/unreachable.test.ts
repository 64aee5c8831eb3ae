import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Failed } from '#lib/domain/probe.ts';

const run = promisify(execFile);
const PROGRAM = 'tests/support/probe-program.ts';
const NAMESPACE = `lifeline-${process.pid}`;
const ip = (...args: readonly string[]) => run('ip', args);

// Only root on Linux can make a network in which nothing is reachable.
const canIsolate =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('ip', ['netns', 'add', `${NAMESPACE}-try`]).status === 0;
if (canIsolate) spawnSync('ip', ['netns', 'delete', `${NAMESPACE}-try`]);

describe.skipIf(!canIsolate)('in a network of its own', () => {
  beforeAll(async () => {
    await ip('netns', 'add', NAMESPACE);
    await ip('-n', NAMESPACE, 'link', 'set', 'lo', 'up');
    await ip('-n', NAMESPACE, 'route', 'add', 'unreachable', '192.0.2.1');
    await ip('-n', NAMESPACE, 'route', 'add', 'prohibit', '192.0.2.2');
    await ip('-n', NAMESPACE, 'route', 'add', 'blackhole', '192.0.2.3');
  });
  afterAll(() => ip('netns', 'delete', NAMESPACE));

  test.each([
    ['no route', '198.51.100.1', 'ENETUNREACH'],
    ['no IPv6', '[2001:db8::1]', 'ENETUNREACH'],
    ['an unreachable route', '192.0.2.1', 'EHOSTUNREACH'],
    ['a prohibited route', '192.0.2.2', 'EACCES'],
    ['a black hole', '192.0.2.3', 'EINVAL'],
  ])('%s is unreachable, and this machine said so itself', async (_, address, code) => {
    expect(await probeIn(NAMESPACE, address)).toMatchObject({
      failedIn: 'tcp',
      reason: 'unreachable',
      code,
      local: true,
    });
  });

  test('a refusal at an own address is no local decision: the kernel answered as a network would', async () => {
    const result = await probeIn(NAMESPACE, '127.0.0.1');
    expect(result).toMatchObject({ failedIn: 'tcp', reason: 'refused' });
    expect('local' in result).toBe(false);
  });
});

describe.skipIf(!canIsolate)('on a link with nobody at the other end', () => {
  const link = `${NAMESPACE}-link`;
  beforeAll(async () => {
    await ip('netns', 'add', link);
    await ip('-n', link, 'link', 'set', 'lo', 'up');
    await ip('-n', link, 'link', 'add', 'a0', 'type', 'veth', 'peer', 'name', 'b0');
    await ip('-n', link, 'link', 'set', 'a0', 'up');
    await ip('-n', link, 'link', 'set', 'b0', 'up');
    await ip('-n', link, 'address', 'add', '192.0.2.1/24', 'dev', 'a0');
  });
  afterAll(() => ip('netns', 'delete', link));

  test('an address that nobody has is unreachable, and it was not this machine that said so at once', async () => {
    const result = await probeIn(link, '192.0.2.9');
    expect(result).toMatchObject({ failedIn: 'tcp', reason: 'unreachable', code: 'EHOSTUNREACH' });
    expect('local' in result).toBe(false);
  });
});

async function probeIn(namespace: string, address: string): Promise<Failed> {
  const program = [PROGRAM, `http://${address}:8000/health`];
  const { stdout } = await ip('netns', 'exec', namespace, process.execPath, ...program);
  const [result]: readonly Failed[] = JSON.parse(stdout);
  return result ?? expect.unreachable();
}
