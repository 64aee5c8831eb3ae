/** Repeatable chance: the same seed gives the same numbers for ever (mulberry32, by Tommy Ettinger, public domain). */
export type Random = {
  /** From 0 (inclusive) to 1 (exclusive). */
  share(): number;
  between(least: number, most: number): number;
  oneOf<T>(list: readonly [T, ...T[]]): T;
};

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    share,
    between: (least, most) => least + share() * (most - least),
    oneOf: (list) => list[Math.floor(share() * list.length)] ?? list[0],
  };
}
