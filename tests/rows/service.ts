import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { LifelineMachine } from '#tests/support/lifeline-machine.ts';
import { inTime, onMachine, rowTest } from '#tests/support/row-test.ts';
import { canRunSystemd, type UserManager, userManager } from '#tests/support/user-manager.ts';

/** The command that starts the review server. */
const command = (mac: LifelineMachine, ...args: readonly string[]): readonly string[] => [
  join(mac.folder, 'uvicorn'),
  join(process.cwd(), 'tests/support/uvicorn-program.ts'),
  ...['app.main:app', '--host', '0.0.0.0', ...args],
];

const GONE = { confidence: 'high', code: -1004, level: 'down' } as const;

/** How a server that Lifeline started came to its end. */
export const launchedRows = (): void =>
  onMachine('a server that Lifeline started', (mac) => {
    const watch = (...args: readonly string[]) =>
      mac().watch({ START_COMMAND: JSON.stringify(command(mac(), ...args)) });

    rowTest('R02', 'a server that Lifeline started, and that was killed', { ...GONE, cause: 'crashed' }, async (is) => {
      await mac().run('anki-program.ts');
      await mac().has('uvicorn');
      await watch();
      await mac().shows({ cause: 'not-running' });
      mac().startServer();
      return inTime(mac(), is, () => mac().sh('pkill -KILL -f [a]pp.main:app'));
    });

    rowTest('R02', 'a server that fails at its imports', { ...GONE, cause: 'crashed' }, async (is) => {
      await watch('--broken');
      await mac().shows({ cause: 'not-running' });
      mac().startServer();
      return mac().shows(is);
    });
  });

/** How a service of the user's systemd came to its end: a real one, in the machine. */
export const serviceRows = (): void =>
  onMachine(
    'a server that systemd runs',
    (mac) => {
      let systemd: UserManager | undefined;
      afterAll(() => systemd?.stop());

      /** Lifeline watches a unit of its own that runs this. */
      const watch = async (name: string, start: string, more = '') => {
        systemd ??= await userManager(mac().enter);
        await systemd.unit(`${name}.service`, `[Service]\nExecStart=${start}\n${more}`);
        systemd.systemctl('daemon-reload');
        // Of one that is not enabled systemd keeps no record, so it could have run before.
        if (more.includes('[Install]')) systemd.systemctl('enable', name);
        await mac().watch({ SERVICE_LABEL: `${name}.service`, XDG_RUNTIME_DIR: systemd.env.XDG_RUNTIME_DIR });
      };
      const server = (...args: readonly string[]) => command(mac(), ...args).join(' ');

      rowTest('R04', 'a service that was not started', { ...GONE, cause: 'never-started' }, async (is) => {
        await mac().run('anki-program.ts');
        await mac().has('uvicorn');
        await watch('anki-voice', server(), 'StandardError=append:/dev/null\n[Install]\nWantedBy=default.target\n');
        return mac().shows(is);
      });

      rowTest('R02', 'a service that was killed', { ...GONE, cause: 'crashed' }, async (is) => {
        systemd?.systemctl('start', 'anki-voice');
        return inTime(mac(), is, async () => systemd?.systemctl('kill', '--signal=KILL', 'anki-voice'));
      });

      rowTest(
        'R03',
        'a service that crashes at import, again and again',
        { ...GONE, cause: 'crash-loop' },
        async (is) => {
          await watch('loop', server('--broken'), 'Restart=always\nRestartSec=400ms\nStartLimitBurst=100\n');
          systemd?.systemctl('start', 'loop');
          const shown = await mac().shows(is);
          systemd?.systemctl('stop', 'loop');
          return shown;
        },
      );

      rowTest('R03a', 'a service whose program is not there', { ...GONE, cause: 'cannot-start' }, async (is) => {
        await watch('nowhere', '/nowhere/uvicorn app.main:app');
        systemd?.systemctl('start', 'nowhere');
        return mac().shows(is);
      });
    },
    canRunSystemd,
  );
