import { useSyncExternalStore } from 'react';

const DARK = '(prefers-color-scheme: dark)';

function listen(listener: () => void): () => void {
  const query = matchMedia(DARK);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Whether the phone is in its dark mode, which cards are told as Anki tells them. */
export const useNight = (): boolean =>
  useSyncExternalStore(
    listen,
    () => matchMedia(DARK).matches,
    () => false,
  );
