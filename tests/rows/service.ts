import { join } from 'node:path';
import type { LifelineMachine } from '#tests/support/lifeline-machine.ts';
import { inTime, onMachine, rowTest } from '#tests/support/row-test.ts';

/** The review server as its owner's START_COMMAND. */
const startedBy = (mac: LifelineMachine, ...args: readonly string[]) => ({
  START_COMMAND: JSON.stringify([
    join(mac.folder, 'uvicorn'),
    join(process.cwd(), 'tests/support/uvicorn-program.ts'),
    ...['app.main:app', '--host', '0.0.0.0', ...args],
  ]),
});

/** How the server came to its end, by the one that started it. */
export const launchedRows = (): void =>
  onMachine('a server that Lifeline started', (mac) => {
    rowTest(
      'R02',
      'a server that Lifeline started, and that was killed',
      { cause: 'crashed', confidence: 'high', code: -1004 },
      async (is) => {
        await mac().run('anki-program.ts');
        const first = await mac().serve();
        await first.kill('TERM');
        await mac().watch(startedBy(mac()));
        await mac().shows({ cause: 'not-running' });
        mac().startServer();
        return inTime(mac(), is, () => mac().sh('pkill -KILL -f [a]pp.main:app'));
      },
    );

    rowTest(
      'R02',
      'a server that fails at its imports',
      { cause: 'crashed', confidence: 'high', code: -1004 },
      async (is) => {
        await mac().watch(startedBy(mac(), '--broken'));
        await mac().shows({ cause: 'not-running' });
        mac().startServer();
        return mac().shows(is);
      },
    );
  });
