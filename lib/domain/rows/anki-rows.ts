import type { FactName } from '#lib/domain/facts.ts';
import { type Health, isOk } from '#lib/domain/health.ts';
import { type Reading, type Row, spokenBy } from './row.ts';
import type { Scene } from './scene.ts';

/** The server answers in time. What is missing is Anki, an add-on or the card. */
export const ANKI_ROWS: readonly Row[] = [
  {
    id: 'L5',
    cause: 'anki-unreached',
    observations:
      'The server finds no AnkiConnect, or not the bridge it reads cards through, and it answers Lifeline here',
    needs: ['name', 'anki', 'bridge', 'generation', 'current'],
    most: 'high',
    reads: fromHealth((health, scene) => {
      if (!isOk(health.ankiConnect) && isAnswering(scene)) return spokenBy('name', 'anki');
      const lost = bridgeLost(health, scene);
      return lost !== null && bridgePort(scene) === USUAL_BRIDGE_PORT ? spokenBy(...lost.by, 'bridge') : null;
    }),
  },
  {
    id: 'R36',
    cause: 'ankiconnect-missing',
    observations: 'AnkiConnect refused, the bridge ok: Anki is up without the add-on, or its port is in use',
    needs: ['name', 'anki', 'bridge'],
    most: 'high',
    isDirect: true,
    reads: fromHealth((health, scene) =>
      !isOk(health.ankiConnect) && isOk(health.ankiAddon) ? withAnki(scene, 'name') : null,
    ),
  },
  {
    id: 'R36',
    cause: 'ankiconnect-missing',
    observations: 'AnkiConnect fails for the server, Anki itself or the bridge is there, or its port speaks otherwise',
    needs: ['name', 'anki', 'bridge'],
    most: 'high',
    reads: fromHealth((health, scene) => {
      const isUp = isOk(health.ankiRunning) || scene.bridge?.value.reach === 'answers';
      const isTaken = scene.anki?.value.reach === 'foreign';
      return !isOk(health.ankiConnect) && (isUp || isTaken) ? withAnki(scene, 'name') : null;
    }),
  },
  {
    id: 'R34',
    cause: 'anki-not-running',
    observations: 'Health ok, anki_running: not_running; AnkiConnect refused; bridge refused',
    needs: ['name', 'anki', 'bridge'],
    most: 'high',
    isDirect: true,
    reads: fromHealth((health, scene) => (health.ankiRunning === 'not_running' ? ankiGone(health, scene) : null)),
  },
  {
    id: 'R34',
    cause: 'anki-not-running',
    observations: 'AnkiConnect fails for the server, which does not say whether Anki runs; here it is refused',
    needs: ['name', 'anki', 'bridge'],
    most: 'high',
    reads: fromHealth(ankiGone),
  },
  {
    id: 'R35',
    cause: 'bridge-moved',
    observations: 'Bridge 8770 refused, 8771 ok; the server looks at 8770 only',
    needs: ['name', 'bridge', 'generation', 'current'],
    most: 'high',
    reads: fromHealth((health, scene) => {
      const port = bridgePort(scene);
      const lost = port === null || port === USUAL_BRIDGE_PORT ? null : bridgeLost(health, scene);
      return lost === null ? null : spokenBy('bridge', ...lost.by);
    }),
  },
  {
    id: 'R36a',
    cause: 'bridge-missing',
    observations: 'Bridge refused on 8770 and 8771, AnkiConnect ok; this server reads cards through the bridge',
    needs: ['name', 'bridge', 'generation', 'current'],
    most: 'high',
    reads: fromHealth((health, scene) => {
      const lost = bridgeLost(health, scene);
      return lost === null ? null : spokenBy(...lost.by, scene.bridge?.value.reach === 'refused' && 'bridge');
    }),
  },
  {
    id: 'R25',
    cause: 'anki-hung',
    observations:
      '/current says that its question ran out of time: “Anki add-on timeout”, or an “Anki error: ” without words',
    needs: ['current'],
    most: 'medium',
    reads: (scene) =>
      isAnswered(scene) && says(scene, /anki add-on timeout|^anki error:\s*(?:timed out|timeout)?$/i)
        ? spokenBy('current')
        : null,
  },
  {
    id: 'R39',
    cause: 'key-needed',
    observations: 'AnkiConnect: “valid api key must be provided”',
    needs: ['anki', 'current'],
    most: 'high',
    reads: fromCard(/valid api key/i, (scene) => collectionOf(scene) === 'key-needed'),
  },
  {
    id: 'L3',
    cause: 'collection-closed',
    observations: 'AnkiConnect: “collection is not available”: no profile open, or a full sync',
    needs: ['anki', 'current'],
    most: 'high',
    reads: fromCard(/collection is not available|CollectionNotOpen/i, (scene) => collectionOf(scene) === 'closed'),
  },
  {
    id: 'R37',
    cause: 'no-review',
    observations:
      'guiReviewActive is false, or /current says “Gui review is not currently active.” or “returned: idle”',
    needs: ['anki', 'current'],
    most: 'high',
    reads: fromCard(/gui review is not currently active|returned: (?!unknown)/i, isIdle),
  },
  {
    id: 'R38',
    cause: 'incompatible',
    observations: 'AnkiConnect has a card on, and /current says “Backend returned: unknown”',
    needs: ['anki', 'current'],
    most: 'high',
    reads: (scene) => {
      if (!says(scene, /returned: unknown/i)) return null;
      return isAnswered(scene) ? spokenBy('current', isReviewing(scene) && 'anki') : null;
    },
  },
  {
    id: 'R32',
    cause: 'no-card',
    observations: '/current fails with an error that is neither Anki’s nor AnkiConnect’s, while health is ok',
    needs: ['current'],
    most: 'medium',
    reads: (scene) => (isAnswered(scene) && scene.current?.value.said === 'error' ? spokenBy('current') : null),
  },
  {
    id: 'L4',
    cause: 'no-card',
    observations:
      '/current is silent, answers another status than 200, or neither a card nor an error, while health is ok',
    needs: ['current'],
    most: 'medium',
    reads: (scene) => (isAnswered(scene) && scene.current?.value.said === 'nothing' ? spokenBy('current') : null),
  },
];

const USUAL_BRIDGE_PORT = 8770;

const isAnswered = ({ name }: Scene): boolean => name.outcome === 'answered';

function fromHealth(read: (health: Health, scene: Scene) => Reading | null): (scene: Scene) => Reading | null {
  return (scene) => (scene.name.outcome === 'answered' ? read(scene.name.health, scene) : null);
}

/**
 * What keeps the card away, told by the server's own `/current`, which is what the phone meets. AnkiConnect asked directly
 * may be another than the server's: it agrees, or speaks as long as the server has said nothing.
 */
function fromCard(message: RegExp, isSo: (scene: Scene) => boolean): (scene: Scene) => Reading | null {
  return (scene) => {
    if (!isAnswered(scene)) return null;
    const isSaid = says(scene, message);
    // The old server asks the bridge for the card: what AnkiConnect says does not keep it away then.
    const isOpen = scene.current === undefined && scene.generation?.value !== 'bridge';
    return spokenBy((isSaid || isOpen) && isSo(scene) && 'anki', isSaid && 'current');
  };
}

/** That the server reads cards through the bridge and does not reach it: its health says so, or `/current` does. */
function bridgeLost({ ankiAddon }: Health, scene: Scene): Reading | null {
  const isOld = scene.generation?.value === 'bridge';
  const isSaid = says(scene, /cannot connect to anki add-on/i);
  // A card that came through it outweighs what the health says, unless the bridge is seen to be gone.
  const isThere = scene.current?.value.said === 'card' && scene.bridge?.value.reach !== 'refused';
  const isFailing = !isOk(ankiAddon) && (isSaid || (isOld && !isThere));
  return isFailing || isSaid ? spokenBy(isFailing && 'name', isOld && 'generation', isSaid && 'current') : null;
}

function ankiGone(health: Health, { anki, bridge }: Scene): Reading | null {
  if (isOk(health.ankiConnect)) return null;
  return spokenBy('name', anki?.value.reach === 'refused' && 'anki', bridge?.value.reach === 'refused' && 'bridge');
}

const withAnki = ({ anki, bridge }: Scene, ...by: readonly FactName[]): Reading | null =>
  spokenBy(
    ...by,
    (anki?.value.reach === 'refused' || anki?.value.reach === 'foreign') && 'anki',
    bridge?.value.reach === 'answers' && 'bridge',
  );

/** “idle” is the bridge's own word, which a server may hand on as it is. */
const said = ({ current }: Scene): string | null => {
  if (current?.value.said === 'idle') return 'returned: idle';
  return current?.value.said === 'error' ? current.value.message : null;
};

const says = (scene: Scene, message: RegExp): boolean => message.test(said(scene) ?? '');

const bridgePort = ({ bridge }: Scene): number | null => (bridge?.value.reach === 'answers' ? bridge.value.port : null);

const isAnswering = ({ anki }: Scene): boolean => anki?.value.reach === 'answers';

const collectionOf = ({ anki }: Scene): string | null =>
  anki?.value.reach === 'answers' ? anki.value.collection : null;

function isIdle({ anki }: Scene): boolean {
  return anki?.value.reach === 'answers' && anki.value.isReviewing === false;
}

const isReviewing = ({ anki }: Scene): boolean => anki?.value.reach === 'answers' && anki.value.isReviewing === true;
