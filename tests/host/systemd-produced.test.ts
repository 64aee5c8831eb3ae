import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { serviceStatus } from '#lib/host/service.ts';
import { eventually } from '#tests/support/eventually.ts';
import { canRunSystemd, type UserManager, userManager } from '#tests/support/user-manager.ts';

describe.skipIf(!canRunSystemd)('a real systemd', () => {
  let systemd: UserManager;
  const sh = (script: string, more = '') => `[Service]\nExecStart=/bin/sh -c "${script}"\n${more}`;

  beforeAll(async () => {
    systemd = await userManager();
  });
  afterAll(() => systemd.stop());

  const status = async (label: string) => {
    vi.stubEnv('XDG_RUNTIME_DIR', systemd.env.XDG_RUNTIME_DIR);
    const told = await serviceStatus(label, 'linux');
    vi.unstubAllEnvs();
    return 'told' in told ? told.told : told;
  };
  const begin = async (name: string, text: string) => {
    await systemd.unit(`${name}.service`, text);
    systemd.systemctl('start', name);
  };

  test('knows no unit that is nowhere', async () => {
    expect(await status('nobody-wrote-this')).toEqual({
      manager: 'systemd',
      label: 'nobody-wrote-this',
      state: 'not-loaded',
    });
  });

  test('runs a unit that is kept alive and writes its errors to a file', async () => {
    await begin('well', sh('exec sleep 600', `Restart=always\nStandardError=append:${systemd.env.HOME}/err.log\n`));
    const found = await status('well');
    expect(found).toMatchObject({
      state: 'running',
      starts: 1,
      isKeptAlive: true,
      logPath: `${systemd.env.HOME}/err.log`,
    });
    expect(Object(found).startedAt).toBeGreaterThan(Date.now() - 20_000);
    expect(Object(found).startedAt).toBeLessThanOrEqual(Date.now());
    systemd.systemctl('kill', '--signal=KILL', 'well');
    await eventually(async () => expect(await status('well')).toMatchObject({ state: 'running', starts: 2 }));
  });

  test('tells a crash by its code, a kill by its signal, and a normal stop of uvicorn as signal 15', async () => {
    await begin('crashed', sh('exit 3'));
    await begin('killed', sh('kill -9 $$$$'));
    await begin('stopped', sh('exec sleep 600', '[Install]\nWantedBy=default.target\n'));
    systemd.systemctl('enable', 'stopped');
    systemd.systemctl('stop', 'stopped');
    await eventually(async () => {
      expect(await status('crashed')).toMatchObject({ state: 'stopped', lastExit: { code: 3 }, isKeptAlive: false });
      expect(await status('killed')).toMatchObject({ state: 'stopped', lastExit: { signal: 'SIGKILL' } });
    });
    expect(await status('stopped')).toMatchObject({ state: 'stopped', lastExit: { signal: 'SIGTERM' } });
  });

  test('starts a unit that crashes again and again, until it gives up', async () => {
    await begin('loop', sh('exit 3', 'Restart=always\nRestartSec=300ms\n'));
    await eventually(async () =>
      expect(await status('loop')).toMatchObject({ state: 'restarting', lastExit: { code: 3 } }),
    );
    await eventually(async () =>
      expect(await status('loop')).toMatchObject({ state: 'stopped', starts: 6, hasGivenUp: true }),
    );
  });

  test('cannot start a program or enter a folder that is not there', async () => {
    await begin('no-program', '[Service]\nExecStart=/nowhere/uvicorn\n');
    await begin('no-folder', sh('exit 0', 'WorkingDirectory=/nowhere\n'));
    await eventually(async () => {
      expect(await status('no-program')).toMatchObject({ state: 'spawn-failed', lastExit: { code: 203 } });
      expect(await status('no-folder')).toMatchObject({ state: 'spawn-failed', lastExit: { code: 200 } });
    });
  });

  test('was told not to start a unit', async () => {
    await systemd.unit('idle.service', sh('exit 0', '[Install]\nWantedBy=default.target\n'));
    systemd.systemctl('daemon-reload');
    expect(await status('idle')).toEqual({ manager: 'systemd', label: 'idle', state: 'disabled', isKeptAlive: false });
    systemd.systemctl('enable', 'idle');
    expect(await status('idle')).toMatchObject({ state: 'stopped', starts: 0 });
    systemd.systemctl('mask', 'other');
    expect(await status('other')).toMatchObject({ state: 'disabled' });
  });
});
