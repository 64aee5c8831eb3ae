import { availableParallelism } from 'node:os';
import { ADDRESS } from '#tests/support/lifeline-machine.ts';
import type { Program } from '#tests/support/machine-program.ts';
import { inTime, onMachine, rowTest } from '#tests/support/row-test.ts';

/** What holds the port does nothing. */
export const stuckRows = (): void =>
  onMachine('what hangs on the port', (mac) => {
    let server: Program;

    rowTest(
      'R10',
      'a server that Ctrl-Z suspended',
      { cause: 'suspended', confidence: 'high', code: -1001, way: 'Process that holds the port' },
      async (is) => {
        // A short queue of connections, for the row of a full one.
        await mac().sh('echo 4 > /proc/sys/net/core/somaxconn');
        ({ server } = await mac().begin());
        return inTime(mac(), is, () => server.kill('STOP'));
      },
    );

    rowTest(
      'R09',
      'a server that takes connections and never answers',
      { cause: 'hung', confidence: 'high', code: -1001 },
      async (is) => {
        await server.kill('CONT');
        return inTime(mac(), is, () => be(server, 'hung'));
      },
    );

    rowTest(
      'R26',
      'a server that accepts no more connections',
      { cause: 'hung', confidence: 'high', code: -1001 },
      async (is) => {
        await be(server, 'ok');
        return inTime(mac(), is, async () => server.say('block'));
      },
    );

    rowTest(
      'R09',
      'a reloader whose worker died',
      { cause: 'reload-dead', confidence: 'high', code: -1001 },
      async (is) => {
        await server.kill('KILL');
        const worker = await mac().serve('--reload');
        const shown = await inTime(mac(), is, () => mac().sh(`kill -KILL ${worker.pid}`));
        await mac().sh(`kill -KILL ${worker.first['parent']}`);
        return shown;
      },
    );
  });

/** What holds the port answers, and not as the review server does, or not in time. */
export const answerRows = (): void =>
  onMachine('what answers on the port', (mac) => {
    let server: Program;
    let other: Program;

    rowTest(
      'R24',
      'a server that answers after 1.3 s',
      { cause: 'slower-than-app', confidence: 'high', code: -1001 },
      async (is) => {
        ({ server } = await mac().begin());
        await be(server, 'slow', { slowMs: 1_300 });
        return mac().shows(is);
      },
    );

    rowTest(
      'R29',
      'a slow server on a machine with too much to do',
      { cause: 'overloaded', confidence: 'medium', code: -1001 },
      async (is) => {
        await mac().hasLoad(3 * availableParallelism());
        const shown = await mac().shows(is);
        await mac().hasLoad(0.1);
        return shown;
      },
    );

    rowTest(
      'R22',
      'a server that resets its connections',
      { cause: 'closed-early', confidence: 'medium', code: -1005 },
      async (is) => {
        await be(server, 'reset');
        return mac().shows(is);
      },
    );

    rowTest(
      'R23',
      'a server that ends in the middle of its answer',
      { cause: 'closed-early', confidence: 'high', code: -1005 },
      async (is) => {
        await be(server, 'truncated');
        return mac().shows(is);
      },
    );

    rowTest(
      'R32',
      'a server that answers 500',
      { cause: 'server-error', confidence: 'high', code: null, way: 'HTTP 5xx' },
      async (is) => {
        await be(server, '500');
        return mac().shows(is);
      },
    );

    rowTest(
      'R07',
      'a server that speaks another protocol',
      { cause: 'malformed', confidence: 'high', code: -1017 },
      async (is) => {
        await be(server, 'garbage');
        return mac().shows(is);
      },
    );

    rowTest(
      'R07',
      'another program that took the port',
      { cause: 'wrong-program', confidence: 'high', code: null },
      async (is) => {
        await be(server, 'ok');
        other = await mac().run('uvicorn-program.ts', ['--host', '0.0.0.0', '--manner', 'html', '--waits'], {
          as: 'node',
        });
        return inTime(mac(), is, () => server.kill('KILL'));
      },
    );

    rowTest(
      'R07a',
      'two programs on the port, each at an address of its own',
      { cause: 'split-port', confidence: 'high', code: null },
      async (is) => {
        await other.kill('KILL');
        other = await mac().run('uvicorn-program.ts', ['--host', ADDRESS, '--manner', 'html'], { as: 'node' });
        await mac().serve('--host', '127.0.0.1');
        return mac().shows(is);
      },
    );
  });

/** Tells the server how to treat whoever connects. */
async function be(server: Program, manner: string, options: object = {}): Promise<void> {
  server.say(JSON.stringify({ manner, ...options }));
  await server.tells((line) => line['manner'] === manner);
}
