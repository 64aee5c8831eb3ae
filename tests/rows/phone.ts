import { expect } from 'vitest';
import { appShows } from '#lib/domain/phone.ts';
import type { ProbeResult } from '#lib/domain/probe.ts';
import { ADDRESS, type Expected, type LifelineMachine, NAME, PHONE, STATUS } from '#tests/support/lifeline-machine.ts';
import type { Machine } from '#tests/support/machine.ts';
import type { Told } from '#tests/support/machine-program.ts';
import { inTime, rowTest, withPhone } from '#tests/support/row-test.ts';
import { failing, printing } from '#tests/support/scripted-tailscale.ts';

/** The code that the phone app would show, as a probe in the phone's machine measures it. */
async function phoneShows(phone: Machine, url = `http://${NAME}:8000`): Promise<number | undefined> {
  const said = await phone.sh(`${process.execPath} tests/support/probe-program.ts ${url}/health`);
  const [name]: readonly ProbeResult[] = JSON.parse(said);
  return name?.outcome === 'failed' ? (appShows('unreachable', { name })?.code ?? undefined) : undefined;
}

/** Shell lines that make a rule of nftables the only one. */
const rules = (hook: 'input' | 'output', rule: string): string =>
  `nft -f - <<'END'\nflush ruleset\ntable inet rows { chain rows {\ntype filter hook ${hook} priority 0;\n${rule}\n}\n}\nEND`;

/** What Lifeline comes to when the person tells what their phone shows. A look is shared for five seconds. */
async function complains(mac: LifelineMachine, code: number | undefined): Promise<Told> {
  await mac.watch();
  await mac.shows({ cause: 'healthy' });
  return mac.look(code);
}

const row = (cause: Expected['cause'], code: number, confidence: Expected['confidence'] = 'high') =>
  ({ cause, confidence, code }) as const;

/** The server answers on this machine, and the phone’s connections do not come so far. */
export const cutRows = (): void =>
  withPhone('a phone that is cut off', (mac, phone) => {
    /** What it comes to for the phone while this rule holds in a machine. */
    const ruled = async (machine: Machine, hook: 'input' | 'output', rule: string) => {
      await machine.sh(rules(hook, rule));
      const shown = await complains(mac(), await phoneShows(phone()));
      await machine.sh('nft flush ruleset');
      return shown;
    };

    rowTest('R11', 'a firewall that rejects what comes from the tailnet', row('firewall-rejects', -1004), async () => {
      await mac().begin();
      await phone().knows({ [NAME]: ADDRESS });
      return ruled(mac(), 'input', 'iifname tailscale0 tcp dport 8000 reject with tcp reset');
    });

    rowTest('R12a', 'a firewall that drops what comes from the tailnet', row('firewall-drops', -1001), () =>
      ruled(mac(), 'input', 'iifname tailscale0 tcp dport 8000 drop'),
    );

    rowTest(
      'R16',
      'a tailnet whose policy lets the phone’s connections fall',
      row('policy-blocks', -1001, 'medium'),
      () => ruled(phone(), 'output', 'oifname tailscale0 tcp dport 8000 drop'),
    );

    rowTest('R19', 'a phone that comes by a slow relay', { ...row('slow-path', -1001), way: 'Ping' }, async () => {
      await mac().tailscale('ping', printing(`pong from iphone (${PHONE}) via DERP(fra) in 420ms`));
      return ruled(phone(), 'output', 'oifname tailscale0 tcp dport 8000 drop');
    });
  });

/** The server answers on this machine, and the phone does not ask it, or not so that it can answer. */
export const phoneRows = (): void =>
  withPhone('a phone that fails', (mac, phone) => {
    rowTest('R18', 'a phone that is online and has lost the name', row('phone-stale', -1003, 'medium'), async () => {
      await mac().begin();
      return complains(mac(), await phoneShows(phone()));
    });

    rowTest('R17a', 'a phone that says itself that it is offline', row('phone-offline', -1009, 'medium'), async () => {
      const off = { ...STATUS.Peer['nodekey:1'], Online: false, LastSeen: '2026-11-22T09:40:00.1Z' };
      await mac().tailscale('status', printing({ ...STATUS, Peer: { 'nodekey:1': off } }));
      await mac().tailscale('ping', failing('no reply'));
      return complains(mac(), -1009);
    });

    rowTest('R20', 'an app that asks by https where http is spoken', row('app-address', -1200, 'medium'), async () => {
      await phone().knows({ [NAME]: ADDRESS });
      return complains(mac(), await phoneShows(phone(), `https://${NAME}:8000`));
    });

    rowTest('R30', 'an app that may not ask by http', row('cleartext-blocked', -1022), () => mac().look(-1022));
  });

/** A firewall that this machine meets too, when it asks itself. */
export const firewallRows = (): void =>
  withPhone('a firewall before the port', (mac, phone) => {
    rowTest(
      'L1',
      'a listener that refuses, and nobody knows why',
      { cause: 'inconsistent', confidence: 'low', code: -1004 },
      async (is) => {
        await mac().begin();
        await phone().knows({ [NAME]: ADDRESS });
        return inTime(mac(), is, () => mac().sh(rules('input', 'tcp dport 8000 reject with tcp reset')));
      },
    );

    rowTest(
      'R11',
      'a firewall that rejects',
      { cause: 'firewall-rejects', confidence: 'high', code: -1004 },
      async (is) => {
        expect(await phoneShows(phone())).toBe(-1004);
        await mac().look();
        return mac().shows(is);
      },
    );

    rowTest(
      'R12a',
      'a firewall that drops',
      { cause: 'firewall-drops', confidence: 'high', code: -1001 },
      async (is) => {
        await mac().sh(rules('input', 'tcp dport 8000 drop'));
        expect(await phoneShows(phone())).toBe(-1001);
        await mac().look();
        return mac().shows(is);
      },
    );
  });
