import { NAME } from '#tests/support/lifeline-machine.ts';
import type { Program } from '#tests/support/machine-program.ts';
import { inTime, onMachine, rowTest } from '#tests/support/row-test.ts';
import { printing } from '#tests/support/scripted-tailscale.ts';

/** Nothing listens on the port, or on loopback only. */
export const absentRows = (): void =>
  onMachine('a server that is not there for others', (mac) => {
    let server: Program;

    rowTest(
      'R01',
      'a server that was killed',
      { cause: 'not-running', confidence: 'high', code: -1004 },
      async (is) => {
        ({ server } = await mac().begin());
        return inTime(mac(), is, () => server.kill('KILL'));
      },
    );

    rowTest(
      'R21',
      'a server that still imports its modules',
      { cause: 'starting', confidence: 'high', code: -1004 },
      async (is) => {
        const starting = mac().serve('--imports-for', '6000');
        const shown = await mac().shows(is);
        server = await starting;
        return shown;
      },
    );

    rowTest(
      'R05',
      'a server started without --host',
      { cause: 'loopback-only', confidence: 'high', code: -1004 },
      async (is) =>
        inTime(mac(), is, async () => {
          await server.kill('KILL');
          await mac().serve('--host', '127.0.0.1');
        }),
    );

    rowTest(
      'R05a',
      'a server on loopback that tailscale serve publishes',
      { cause: 'healthy', confidence: 'high', code: null },
      async (is) => {
        await mac().tailscale('serve', printing({ TCP: { 8000: { TCPForward: '127.0.0.1:8000' } } }));
        await mac().look();
        return mac().shows(is);
      },
    );
  });

/** The server listens, and elsewhere than the phone asks. */
export const bindingRows = (): void =>
  onMachine('a server that listens elsewhere', (mac) => {
    let server: Program;
    const restart = async (...args: readonly string[]) => {
      await server.kill('KILL');
      server = await mac().serve(...args);
    };

    rowTest(
      'R06a',
      'a server started with --host ::',
      { cause: 'ipv6-only', confidence: 'high', code: -1004 },
      async (is) => {
        ({ server } = await mac().begin());
        await restart('--host', '::');
        return mac().shows(is);
      },
    );

    rowTest(
      'L2',
      'a server at an address of another network',
      { cause: 'bound-elsewhere', confidence: 'high', code: -1004 },
      async (is) => {
        await mac().sh('ip address add 192.0.2.1/32 dev lo');
        await restart('--host', '192.0.2.1');
        return mac().shows(is);
      },
    );

    rowTest(
      'R08',
      'a server on another port',
      { cause: 'wrong-port', confidence: 'medium', code: -1004, way: 'A process that looks' },
      async (is) => {
        await restart('--port', '8001');
        return mac().shows(is);
      },
    );

    rowTest(
      'R06',
      'a name that has an IPv6 address only',
      { cause: 'ipv4-only', confidence: 'high', code: -1004 },
      async (is) => {
        await mac().sh('ip address add fd7a:115c:a1e0::7/64 dev tailscale0 nodad');
        await mac().knows({ [NAME]: 'fd7a:115c:a1e0::7' });
        await restart();
        return mac().shows(is);
      },
    );
  });
