import type { FactName } from '#lib/domain/facts.ts';
import { isOk } from '#lib/domain/health.ts';
import { PATIENCE_MS, type ProbeResult, withinPatience } from '#lib/domain/probe.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import { type Row, spokenBy } from './row.ts';
import type { Scene } from './scene.ts';

/** So many processes per processor want to run that each waits its turn twice over. */
const OVERLOADED = 2;
/** A server that answers so soon was not waiting for anything. */
const QUICK_MS = PATIENCE_MS / 4;

/** The server answers, and says itself that it fails, or answers after the app has given up. */
export const SLOW_ROWS: readonly Row[] = [
  {
    id: 'R32',
    cause: 'server-error',
    observations: 'Its health says that the server’s own part is not ok',
    needs: ['name'],
    most: 'high',
    isDirect: true,
    reads: ({ name }) => (name.outcome === 'answered' && !isOk(name.health.server) ? spokenBy('name') : null),
  },
  {
    id: 'R25',
    cause: 'anki-hung',
    observations: 'Health takes 2–4 s and says “error: ” of AnkiConnect, an empty text: the server’s own time-out',
    needs: ['name', 'anki', 'bridge', 'current'],
    most: 'high',
    isDirect: true,
    reads: (scene) => (isTimedOut(scene) ? spokenBy('name', ...frozen(scene)) : null),
  },
  {
    id: 'R25',
    cause: 'anki-hung',
    observations: 'AnkiConnect takes the connection and is silent, while the bridge’s own thread answers',
    needs: ['anki', 'bridge', 'current'],
    most: 'high',
    reads: (scene) => (scene.name.outcome === 'answered' ? spokenBy(...frozen(scene)) : null),
  },
  {
    id: 'R29',
    cause: 'overloaded',
    observations: 'All probes slow, and more than two processes per processor want to run',
    needs: ['name', 'load', 'loopback', 'tailnet'],
    most: 'medium',
    reads: (scene) => {
      const { name, load, loopback } = scene;
      if (name.outcome !== 'answered' || withinPatience(name) || (load?.value.perCore ?? 0) <= OVERLOADED) return null;
      // A loopback that is quick all the same shows that the load is not what makes it slow.
      if (loopback !== undefined && withinPatience(loopback)) return null;
      return spokenBy('load', 'name', loopback !== undefined && 'loopback');
    },
  },
  {
    id: 'R24',
    cause: 'slower-than-app',
    observations: 'Connect ok, the first byte after 1–5 s, on loopback too: the event loop is busy',
    needs: ['name', 'loopback'],
    most: 'high',
    isDirect: true,
    reads: (scene) => {
      const { name, loopback } = scene;
      if (!isLate(name) || serverShare(name) <= PATIENCE_MS || isQuickHere(scene)) return null;
      return spokenBy('name', loopback !== undefined && isLate(loopback) && 'loopback');
    },
  },
  {
    id: 'R19',
    cause: 'slow-path',
    observations: 'It answers late by its name only for the time it takes to connect, or while loopback is quick',
    needs: ['name', 'loopback'],
    most: 'medium',
    reads: (scene) => (isLate(scene.name) ? spokenBy('name', isQuickHere(scene) && 'loopback') : null),
  },
];

/** What slows nobody but this machine down, told when all else is well. */
export const LOOKUP_ROWS: readonly Row[] = [
  {
    id: 'L6',
    cause: 'slow-names',
    observations: 'It answers in time, but for the time that this machine takes to look its name up',
    needs: ['name'],
    most: 'high',
    isDirect: true,
    reads: ({ name }) =>
      name.outcome === 'answered' && name.totalMs > PATIENCE_MS && withinPatience(name) ? spokenBy('name') : null,
  },
];

const isLate = (probe: ProbeResult): boolean => probe.outcome === 'answered' && !withinPatience(probe);

/** What of an answer's time began with the request: the connection stood. */
const serverShare = ({ totalMs, timings: { dns = 0, tcp = 0, tls = 0 } }: ProbeResult): DurationMs =>
  totalMs - dns - tcp - tls;

/** Asked at about the same time, the server was so quick on loopback that it is not what makes its name late. */
const isQuickHere = ({ name, loopback }: Scene): boolean =>
  loopback?.outcome === 'answered' &&
  loopback.totalMs <= QUICK_MS &&
  Math.abs(name.startedAt - loopback.startedAt) <= PATIENCE_MS;

const isTimedOut = ({ name }: Scene): boolean =>
  name.outcome === 'answered' && name.health.ankiConnect.trim() === 'error:';

/** AnkiConnect lives in Anki's window, the bridge in a thread of its own. An ok of the health that is newer counts more. */
function frozen({ name, anki, bridge, current }: Scene): readonly FactName[] {
  if (name.outcome !== 'answered' || anki?.value.reach !== 'silent') return [];
  if (isOk(name.health.ankiConnect) && anki.at < name.startedAt) return [];
  const isLate = current?.value.said === 'error' && /time(d )?-?out/i.test(current.value.message);
  return spokenBy('anki', bridge?.value.reach === 'answers' && 'bridge', isLate && 'current')?.by ?? [];
}
