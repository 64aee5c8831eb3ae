import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { addressOfCommand, whoIsInTheWay } from '#scripts/service-port.ts';
import { service } from '#scripts/service-verbs.ts';
import { eventually } from '#tests/support/eventually.ts';
import { freePort } from '#tests/support/running-app.ts';
import { scriptedPath } from '#tests/support/scripted-path.ts';
import { canRunSystemd, type UserManager, userManager } from '#tests/support/user-manager.ts';

describe('the address in a command', () => {
  test.each([
    [['uvicorn', 'app.main:app'], { host: '127.0.0.1', port: 8000 }],
    [['uvicorn', '--host', '0.0.0.0', '--port', '9000'], { host: '0.0.0.0', port: 9000 }],
    [['uvicorn', '--port=9000', '--host=::'], { host: '::', port: 9000 }],
    [['sh', '-c', 'cd x && exec uvicorn app --port 9000'], { host: '127.0.0.1', port: 9000 }],
    [['uvicorn', '--port', 'many', '--hostile'], { host: '127.0.0.1', port: 8000 }],
  ])('%j is read, with what uvicorn does without', (command, address) => {
    expect(addressOfCommand(command)).toEqual(address);
  });
});

describe('in the way of a server is', () => {
  const at = (address: string, port = 8000) => ({ address, family: 'ipv4', port, pid: 7, program: 'python3' }) as const;

  test.each([
    ['0.0.0.0', at('127.0.0.1')],
    ['127.0.0.1', at('*')],
    ['127.0.0.1', at('127.0.0.1')],
    ['localhost', at('127.0.0.1')],
    ['::', at('*%en0')],
  ])('for %s a listener at %j', (host, listener) => {
    expect(whoIsInTheWay({ host, port: 8000 }, [at('*', 9000), listener])).toEqual(listener);
  });

  test('none at another port, and none at an address that it leaves alone', () => {
    expect(whoIsInTheWay({ host: '127.0.0.1', port: 8000 }, [at('100.64.0.7'), at('*', 80)])).toBeUndefined();
  });
});

describe('a review server whose port is taken', () => {
  let home: string;
  let said: string[];
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'lifeline-port-'));
    said = [];
    vi.stubEnv('XDG_CONFIG_HOME', undefined);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true });
  });

  async function install(command: string, at = home): Promise<string> {
    said = [];
    await service(['install', '--server', command], {
      platform: 'linux',
      home: at,
      root: at,
      node: process.execPath,
      cwd: at,
      say: (text) => said.push(text),
      prepare: async () => false,
      settleMs: 500,
    });
    return said.join('\n');
  }
  const PROGRAM = `require('net').createServer().listen(Number(process.argv[1].split('=')[1]), '127.0.0.1')`;
  const commandOf = (port: number, more = '') => `'${process.execPath}' -e "${PROGRAM}" -- --port=${port} ${more}`;

  test('is not installed to fail again and again, and it is said who has the port and what to do', async () => {
    await scriptedPath({ systemctl: 'exit 1' });
    const port = await freePort();
    const byHand = createServer().listen(port, '127.0.0.1');
    onTestFinished(() => void byHand.close());
    await once(byHand, 'listening');
    await expect(install(commandOf(port))).rejects.toThrow(
      new RegExp(`Port ${port} is taken by \\S+ \\(pid ${process.pid}\\)[\\s\\S]*end it first[\\s\\S]*SERVICE_LABEL`),
    );
    expect(existsSync(join(home, '.config'))).toBe(false);
  });

  describe.skipIf(!canRunSystemd)('with a real systemd', () => {
    let systemd: UserManager;
    beforeAll(async () => {
      systemd = await userManager();
    });
    afterAll(() => systemd.stop());

    test('by the service itself is no obstacle to a change, and it is said once that it has no variables of a shell', async () => {
      await scriptedPath({ loginctl: 'echo yes' });
      vi.stubEnv('XDG_RUNTIME_DIR', systemd.env.XDG_RUNTIME_DIR);
      const root = join(systemd.env.HOME, 'lifeline');
      mkdirSync(root);
      const port = await freePort();
      const first = await install(commandOf(port), systemd.env.HOME);
      expect(first).toMatch(/running, pid \d+/);
      expect(first).toContain('none of the variables of your shell');
      await eventually(async () => expect(await answers(port)).toBe(true));
      const second = await install(commandOf(port), systemd.env.HOME);
      expect(second).toContain('Nothing to do');
      expect(second).not.toContain('variables');
      expect(await install(commandOf(port, 'more'), systemd.env.HOME)).toMatch(/started anew[\s\S]*running, pid \d+/);
    });
  });
});

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy().destroyed));
    socket.once('error', () => resolve(false));
  });
