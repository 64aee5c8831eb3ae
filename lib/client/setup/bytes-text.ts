const UNITS = ['KB', 'MB', 'GB'] as const;

/** A size as phones tell it, in steps of 1000: `840 KB`, `3.2 MB`. */
export function sizeText(bytes: number): string {
  const [unit, size] = UNITS.reduce<readonly [string, number]>(
    ([chosen, left], next) => (left < 1_000 ? [chosen, left] : [next, left / 1_000]),
    ['bytes', Math.max(0, bytes)],
  );
  return `${size < 10 && unit !== 'bytes' ? size.toFixed(1) : Math.round(size)} ${unit}`;
}
