import { alone } from '#lib/client/alone.ts';
import { ask } from '#lib/client/request.ts';
import { handInSamples } from './hand-in-samples.ts';
import { measureWay } from './measure-way.ts';
import { openSampleShelf } from './sample-shelf.ts';
import { WayWatch } from './way-watch.ts';

const LOCK = 'lifeline.phone';

/** Measures this phone's way to Lifeline while the app is seen, and hands it in. Returns how to stop. */
export function watchWay(): () => void {
  const shelf = openSampleShelf();
  const mono = () => performance.now();
  const watch = new WayWatch({
    measure: () => measureWay(ask, mono),
    keep: (sample) => shelf.add(sample),
    handIn: async () => {
      let isTaken = true;
      await alone(LOCK, async () => {
        isTaken = await handInSamples({ ask, shelf, wall: Date.now });
      });
      return isTaken;
    },
    wall: Date.now,
    mono,
    later: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
  });
  const rest = (): void => {
    watch.hide();
    shelf.rest();
  };
  const follow = (): void => {
    if (document.visibilityState === 'visible') watch.show();
    else rest();
  };
  // From the back-forward cache a page may come without a change of its visibility.
  const onReturn = ({ persisted }: PageTransitionEvent): void => {
    if (persisted) follow();
  };
  let isStopped = false;
  void shelf.load().then(() => {
    if (!isStopped) follow();
  });
  document.addEventListener('visibilitychange', follow);
  window.addEventListener('pageshow', onReturn);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    window.removeEventListener('pageshow', onReturn);
    isStopped = true;
    rest();
  };
}
