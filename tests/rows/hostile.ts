import { rm } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Expected } from '#tests/support/lifeline-machine.ts';
import type { Program } from '#tests/support/machine-program.ts';
import { inTime, machineTest, onMachine } from '#tests/support/row-test.ts';

/** Tools that are of no use must not keep Lifeline from seeing what is so, nor from saying what it could not see. */
export const hostileTools = (): void =>
  onMachine('with a tailscale that is of no use', (mac) => {
    let server: Program;
    const killed: Expected = { row: 'R01', cause: 'not-running', confidence: 'high', level: 'down' };
    /** The server is killed and comes back, both in time, and the deep look says why it knows nothing of the tailnet. */
    const goesOn = async (why: string) => {
      await inTime(mac(), killed, () => server.kill('KILL'));
      const { blind } = await mac().look();
      expect(blind).toContainEqual(expect.objectContaining({ what: 'tailscale', why }));
      server = await mac().serve();
      await mac().shows({ cause: 'healthy', level: 'ready' });
    };

    machineTest('one that prints 100 MB', async () => {
      ({ server } = await mac().begin());
      await mac().tailscale('status', 'head -c 100000000 /dev/zero');
      await goesOn('unreadable');
    });

    machineTest('one that never ends', async () => {
      await mac().tailscale('status', 'sleep 600');
      await goesOn('silent');
    });

    machineTest('one that is uninstalled while Lifeline runs', async () => {
      await rm(mac().tailscalePath);
      await goesOn('not-installed');
    });
  });
