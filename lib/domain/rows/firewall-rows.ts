import type { FactName } from '#lib/domain/facts.ts';
import type { Firewall } from '#lib/domain/host-facts.ts';
import { type Row, spokenBy } from './row.ts';
import { asksServer, failsAs, isListening, type Scene } from './scene.ts';

const SEEN = ['firewall', 'listeners', 'name', 'complaint', 'phone'] as const satisfies readonly FactName[];

/** The listener is right, and a rule of this machine stands before it. A rule for loopback too shows in our own probe. */
export const FIREWALL_ROWS: readonly Row[] = [
  {
    id: 'R11',
    cause: 'firewall-rejects',
    observations: 'Listener right; refused; nft, iptables or ufw has a reject for the port',
    needs: SEEN,
    most: 'high',
    reads: (scene) => {
      const { name, complaint } = scene;
      if (!blocks(scene, 'rejects')) return null;
      if (name.outcome === 'answered') return by(scene, complaint?.value.code === -1004 && 'complaint');
      return asksServer(scene) && failsAs(name, 'refused') && isListening(scene) ? by(scene, 'name') : null;
    },
  },
  {
    id: 'R12a',
    cause: 'firewall-drops',
    observations: 'Listener right; silence; nft or iptables drops what comes for the port',
    needs: SEEN,
    most: 'high',
    reads: (scene) => {
      const { name, complaint, firewall } = scene;
      if (!blocks(scene, 'drops') || firewall?.value.tool !== 'nft') return null;
      if (name.outcome === 'answered') return by(scene, complaint?.value.code === -1001 && 'complaint');
      const isDropped = name.reason === 'timeout' && name.failedIn === 'tcp';
      return isDropped && isListening(scene) ? by(scene, 'name') : null;
    },
  },
  {
    id: 'R12',
    cause: 'mac-firewall',
    observations:
      'Listener right, own probes ok, ping ok; the phone times out or is closed; ALF blocks the program or all',
    needs: SEEN,
    most: 'medium',
    reads: (scene) => {
      const { name, complaint, firewall, phone } = scene;
      if (!blocks(scene, 'drops') || firewall?.value.tool !== 'alf' || name.outcome !== 'answered') return null;
      const isCut = complaint !== undefined && [-1001, -1005].includes(complaint.value.code);
      const isPinged = phone?.value.pong !== undefined && phone.value.pong !== 'none';
      return isCut ? spokenBy('firewall', 'complaint', isPinged && 'phone', isListening(scene) && 'listeners') : null;
    },
  },
];

const blocks = ({ firewall, here }: Scene, verdict: Firewall['verdict']): boolean =>
  here !== false && firewall?.value.verdict === verdict;

const by = (scene: Scene, witness: FactName | false) =>
  witness === false ? null : spokenBy('firewall', witness, isListening(scene) && 'listeners');
