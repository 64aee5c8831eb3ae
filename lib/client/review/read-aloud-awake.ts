/** Keeps the screen on until the returned function is called; a locked phone stops reading. A browser that cannot is left alone. */
export function keepAwake(): () => void {
  let isWanted = true;
  let lock: WakeLockSentinel | undefined;
  const release = () => void lock?.release().catch(() => undefined);
  if ('wakeLock' in navigator) {
    navigator.wakeLock.request('screen').then(
      (given) => {
        lock = given;
        if (!isWanted) release();
      },
      () => undefined,
    );
  }
  return () => {
    isWanted = false;
    release();
  };
}
