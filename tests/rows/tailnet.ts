import type { LifelineMachine } from '#tests/support/lifeline-machine.ts';
import { ADDRESS, type Expected, NAME, STATUS } from '#tests/support/lifeline-machine.ts';
import type { Program, Told } from '#tests/support/machine-program.ts';
import { inTime, onMachine, rowTest } from '#tests/support/row-test.ts';
import { CLI_ERRORS, failing, printing } from '#tests/support/scripted-tailscale.ts';

type Produce = (expected: Expected) => Promise<Told>;

/** Lifeline comes to a machine that is in this state already. */
const found =
  (mac: () => LifelineMachine, state: object | string): Produce =>
  async (expected) => {
    await mac().tailscale('status', typeof state === 'string' ? state : printing({ ...STATUS, ...state }));
    await mac().watch();
    return mac().shows(expected);
  };

/** This machine is not in its tailnet: it has lost its address there. */
export const outageRows = (): void =>
  onMachine('a machine out of its tailnet', (mac) => {
    const outage = (cause: Expected['cause']) => ({ cause, confidence: 'high', code: -1001 }) as const;
    const self = (more: object) => ({ ...STATUS.Self, ...more });

    rowTest('R13b', 'tailscale that was stopped', outage('tailscale-stopped'), async (is) => {
      await mac().begin();
      return inTime(mac(), is, async () => {
        await mac().tailscale('status', printing({ ...STATUS, BackendState: 'Stopped' }));
        await mac().sh('ip link set tailscale0 down; ip address flush dev tailscale0');
      });
    });

    rowTest(
      'R13a',
      'no tailscale daemon',
      outage('tailscale-not-running'),
      found(mac, failing(CLI_ERRORS.noDaemonLinux)),
    );

    rowTest(
      'R13c',
      'tailscale that is logged out',
      outage('tailscale-logged-out'),
      found(mac, { BackendState: 'NeedsLogin', Self: self({ KeyExpiry: '2099-02-01T09:00:00Z' }) }),
    );

    rowTest(
      'R13d',
      'a key that has expired',
      outage('key-expired'),
      found(mac, { BackendState: 'NeedsLogin', Self: self({ KeyExpiry: '2026-02-01T09:00:00Z' }) }),
    );

    rowTest(
      'R13e',
      'a machine that waits for approval',
      outage('needs-approval'),
      found(mac, { BackendState: 'NeedsMachineAuth' }),
    );

    rowTest(
      'R13f',
      'a tailscale without a way out',
      { ...outage('tailscale-offline'), confidence: 'medium' },
      found(mac, { BackendState: 'Starting', Health: ['Tailscale could not connect to any relay server.'] }),
    );
  });

/** The name leads nowhere, or elsewhere. */
export const nameRows = (): void =>
  onMachine('a name that leads astray', (mac) => {
    let dns: Program;
    const ask = async (own: object, magic: object) => {
      await dns?.kill('KILL');
      const zones = { '127.0.0.1': own, '100.100.100.100': magic };
      dns = await mac().run('dns-program.ts', [JSON.stringify(zones)]);
    };

    rowTest(
      'R14a',
      'a machine that does not ask MagicDNS',
      { cause: 'magicdns-unused', confidence: 'high', code: null },
      async (is) => {
        await mac().sh('ip address add 100.100.100.100/32 dev tailscale0');
        await ask({}, { [NAME]: { a: [ADDRESS] } });
        await mac().begin();
        return inTime(mac(), is, () => mac().knows({}));
      },
    );

    rowTest(
      'R14c',
      'a name that nobody has',
      { cause: 'name-not-found', confidence: 'high', code: -1003 },
      async (is) => {
        await ask({}, {});
        return found(mac, { Self: { ...STATUS.Self, DNSName: 'macbook-1.tail1234.ts.net.' } })(is);
      },
    );

    rowTest(
      'R14b',
      'a tailnet with MagicDNS switched off',
      { cause: 'magicdns-off', confidence: 'high', code: -1003 },
      found(mac, { CurrentTailnet: { MagicDNSEnabled: false } }),
    );

    rowTest(
      'R15',
      'a name that leads to another machine',
      { cause: 'wrong-address', confidence: 'high', code: -1001 },
      async (is) => {
        await mac().knows({ [NAME]: '100.64.0.99' });
        await mac().sh('ip neighbour add 100.64.0.99 lladdr 02:00:00:00:00:63 dev tailscale0');
        return found(mac, {})(is);
      },
    );
  });
