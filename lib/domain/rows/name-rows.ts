import type { FactName } from '#lib/domain/facts.ts';
import type { ProbeResult } from '#lib/domain/probe.ts';
import { type Row, spokenBy } from './row.ts';
import { answers, failsAs, type Scene } from './scene.ts';

/** The name leads nowhere, or not to this machine. */
export const NAME_ROWS: readonly Row[] = [
  {
    id: 'R15',
    cause: 'wrong-address',
    observations: 'Name resolves to an address not in Self.TailscaleIPs: a stale record, another node, a hosts file',
    needs: ['name', 'loopback', 'tailnet', 'tailscale'],
    most: 'high',
    reads: (scene) => {
      const { name, here, ownName, loopback, tailnet } = scene;
      if (name.outcome === 'answered' || here !== false || ownName !== true) return null;
      const isHere = spokenBy(
        answers(loopback) && 'loopback',
        answers(tailnet) && 'tailnet',
        isNoneOfOurs(scene) && 'tailscale',
      );
      return isHere === null ? null : { by: ['name', ...isHere.by] };
    },
  },
  {
    id: 'R14a',
    cause: 'magicdns-unused',
    observations: 'The system’s lookup fails, 100.100.100.100 leads here: this machine does not use MagicDNS',
    needs: ['name', 'magicDns', 'tailnet'],
    most: 'high',
    standIn: 'tailnet',
    reads: (scene) =>
      scene.tailnet !== undefined &&
      !isUnresolved(scene.tailnet) &&
      isUnresolved(scene.name) &&
      isLedHere(scene) === true
        ? spokenBy('name', 'magicDns', 'tailnet')
        : null,
  },
  {
    id: 'R15',
    cause: 'wrong-address',
    observations: 'The system’s lookup fails, and MagicDNS leads this machine’s own name to an address of another',
    needs: ['magicDns', 'loopback', 'tailnet'],
    most: 'high',
    reads: (scene) => {
      const { name, ownName, loopback, tailnet } = scene;
      if (ownName !== true || !isUnresolved(name) || isLedHere(scene) !== false) return null;
      const isHere = spokenBy(answers(loopback) && 'loopback', answers(tailnet) && 'tailnet');
      return isHere === null ? null : { by: ['magicDns', ...isHere.by] };
    },
  },
  {
    id: 'R14b',
    cause: 'magicdns-off',
    observations: 'CurrentTailnet.MagicDNSEnabled is false',
    needs: ['tailscale', 'name', 'magicDns', 'complaint'],
    most: 'high',
    reads: (scene) => {
      const { tailscale, name, complaint } = scene;
      if (tailscale?.value.isMagicDnsEnabled !== false || !hostOf(scene).endsWith('.ts.net')) return null;
      const isLost = spokenBy(isUnresolved(name) && 'name', complaint?.value.code === -1003 && 'complaint');
      return isLost === null ? null : { by: ['tailscale', ...isLost.by, ...nameless(scene)] };
    },
  },
  {
    id: 'R14c',
    cause: 'name-not-found',
    observations: 'Both resolvers say that there is no such name, or it is not this machine’s own (Self.DNSName)',
    needs: ['name', 'magicDns', 'tailscale'],
    most: 'high',
    reads: (scene) => {
      const { name, tailscale } = scene;
      const own = tailscale?.value.dnsName ?? '';
      if (!failsAs(name, 'not-found')) return null;
      const isAnother = own !== '' && own !== hostOf(scene) && hostOf(scene).endsWith('.ts.net');
      const also = spokenBy(...nameless(scene), isAnother && 'tailscale');
      return also === null ? null : { by: ['name', ...also.by] };
    },
  },
];

const hostOf = ({ name }: Scene): string => new URL(name.target.url).hostname;

/** Whether this machine's own resolver gave the probe no address. */
const isUnresolved = (probe: ProbeResult): boolean =>
  probe.outcome === 'failed' &&
  probe.failedIn === 'dns' &&
  ['not-found', 'dns-failure', 'timeout'].includes(probe.reason);

const nameless = ({ magicDns }: Scene): readonly FactName[] =>
  magicDns !== undefined && 'failed' in magicDns.value && magicDns.value.failed === 'not-found' ? ['magicDns'] : [];

/** Whether MagicDNS leads the name to this machine; undefined where either's addresses are not known. */
function isLedHere({ magicDns, tailscale, tailnet }: Scene): boolean | undefined {
  const side = tailnet?.address ?? tailnet?.target.address;
  const own = [...(tailscale?.value.addresses ?? []), ...(side === undefined ? [] : [side])];
  if (magicDns === undefined || !('addresses' in magicDns.value) || own.length === 0) return undefined;
  return magicDns.value.addresses.some((address) => own.includes(address));
}

const isNoneOfOurs = ({ name, tailscale }: Scene): boolean => {
  const own = tailscale?.value.addresses ?? [];
  const led = name.addresses ?? (name.address === undefined ? [] : [name.address]);
  return (
    tailscale?.value.state === 'running' && own.length > 0 && led.length > 0 && !led.some((ip) => own.includes(ip))
  );
};
