import type { FactName } from '#lib/domain/facts.ts';
import { type Health, isOk } from '#lib/domain/health.ts';
import { type Reading, type Row, spokenBy } from './row.ts';
import type { Scene } from './scene.ts';

/** The server answers in time. What is missing is Anki, an add-on or the card. */
export const ANKI_ROWS: readonly Row[] = [
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
    reads: fromHealth((health, scene) => {
      if (isOk(health.ankiConnect)) return null;
      const { anki, bridge } = scene;
      const by = spokenBy(
        'name',
        anki?.value.reach === 'refused' && 'anki',
        bridge?.value.reach === 'refused' && 'bridge',
      );
      return by !== null && anki?.value.reach === 'answers' ? { ...by, against: ['anki'] } : by;
    }),
  },
  {
    id: 'R35',
    cause: 'bridge-moved',
    observations: 'Bridge 8770 refused, 8771 ok; the server looks at 8770 only',
    needs: ['name', 'bridge', 'generation'],
    most: 'high',
    reads: fromHealth(({ ankiAddon }, { bridge, generation }) => {
      const isMoved = bridge?.value.reach === 'answers' && bridge.value.port !== USUAL_BRIDGE_PORT;
      return generation?.value === 'bridge' && !isOk(ankiAddon) && isMoved ? spokenBy('bridge', 'name') : null;
    }),
  },
  {
    id: 'R36a',
    cause: 'bridge-missing',
    observations: 'Bridge refused on 8770 and 8771, AnkiConnect ok; this server reads cards through the bridge',
    needs: ['name', 'bridge', 'generation'],
    most: 'high',
    reads: fromHealth(({ ankiAddon }, { bridge, generation }) =>
      generation?.value === 'bridge' && !isOk(ankiAddon)
        ? spokenBy('name', 'generation', bridge?.value.reach === 'refused' && 'bridge')
        : null,
    ),
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
    reads: (scene) => {
      const reading = fromCard(/gui review is not currently active|returned: (?!unknown)/i, isIdle)(scene);
      const isContradicted = reading !== null && isReviewing(scene);
      return isContradicted ? { ...reading, against: ['anki'] } : reading;
    },
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
    cause: 'server-error',
    observations: '/current fails with an error that is neither Anki’s nor AnkiConnect’s, while health is ok',
    needs: ['current'],
    most: 'medium',
    reads: (scene) => (isAnswered(scene) && says(scene, /./s) ? spokenBy('current') : null),
  },
];

const USUAL_BRIDGE_PORT = 8770;

const isAnswered = ({ name }: Scene): boolean => name.outcome === 'answered';

function fromHealth(read: (health: Health, scene: Scene) => Reading | null): (scene: Scene) => Reading | null {
  return (scene) => (scene.name.outcome === 'answered' ? read(scene.name.health, scene) : null);
}

/** What keeps the card away, told by the server's own `/current`, by AnkiConnect asked directly, or by both. */
function fromCard(message: RegExp, isSo: (scene: Scene) => boolean): (scene: Scene) => Reading | null {
  return (scene) => {
    if (!isAnswered(scene) || scene.current?.value.said === 'card') return null;
    const isSaid = says(scene, message);
    // The old server asks the bridge for the card: what AnkiConnect says does not keep it away then.
    const isAsked = isSaid || scene.generation?.value !== 'bridge';
    return spokenBy(isAsked && isSo(scene) && 'anki', isSaid && 'current');
  };
}

const withAnki = ({ anki, bridge }: Scene, ...by: readonly FactName[]): Reading | null =>
  spokenBy(
    ...by,
    (anki?.value.reach === 'refused' || anki?.value.reach === 'foreign') && 'anki',
    bridge?.value.reach === 'answers' && 'bridge',
  );

const says = ({ current }: Scene, message: RegExp): boolean =>
  current?.value.said === 'error' && message.test(current.value.message);

const collectionOf = ({ anki }: Scene): string | null =>
  anki?.value.reach === 'answers' ? anki.value.collection : null;

const isIdle = ({ anki }: Scene): boolean => anki?.value.reach === 'answers' && anki.value.isReviewing === false;

const isReviewing = ({ anki }: Scene): boolean => anki?.value.reach === 'answers' && anki.value.isReviewing === true;
