import type { FactName } from '#lib/domain/facts.ts';
import { isOk } from '#lib/domain/health.ts';
import { withinPatience } from '#lib/domain/probe.ts';
import { type Row, spokenBy } from './row.ts';
import type { Scene } from './scene.ts';

/** So many processes per processor want to run that each waits its turn twice over. */
const OVERLOADED = 2;

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
    most: 'high',
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
    observations: 'Connect ok, the first byte after 1–5 s: the event loop is busy',
    needs: ['name', 'loopback'],
    most: 'high',
    isDirect: true,
    reads: ({ name, loopback }) => {
      if (name.outcome !== 'answered' || withinPatience(name)) return null;
      const alsoSlow = loopback?.outcome === 'answered' && !withinPatience(loopback);
      return spokenBy('name', alsoSlow && 'loopback');
    },
  },
];

const isTimedOut = ({ name }: Scene): boolean =>
  name.outcome === 'answered' && name.health.ankiConnect.trim() === 'error:';

/** AnkiConnect lives in Anki's window, the bridge in a thread of its own. An ok of the health that is newer counts more. */
function frozen({ name, anki, bridge, current }: Scene): readonly FactName[] {
  if (name.outcome !== 'answered' || anki?.value.reach !== 'silent') return [];
  if (isOk(name.health.ankiConnect) && anki.at < name.startedAt) return [];
  const isLate = current?.value.said === 'error' && /time(d )?-?out/i.test(current.value.message);
  return spokenBy('anki', bridge?.value.reach === 'answers' && 'bridge', isLate && 'current')?.by ?? [];
}
