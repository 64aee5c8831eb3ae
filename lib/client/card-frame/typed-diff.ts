/** A stretch of one of the two texts: it is in both, it should not be there, or it was left out. */
export type Mark = 'good' | 'bad' | 'missed';
export type Stretch = { readonly mark: Mark; readonly text: string };

export type Comparison =
  | { readonly outcome: 'untyped' }
  | { readonly outcome: 'same' }
  /** `typed` has a dash for every character that was left out; `expected` is the whole answer. */
  | { readonly outcome: 'different'; readonly typed: readonly Stretch[]; readonly expected: readonly Stretch[] };

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const COMBINING = /\p{M}+/gu;
/** Longer texts are told apart as a whole: a table of a million places is soon made, a larger one is felt. */
const MOST_STEPS = 1_000_000;

type Plain = (text: string) => string;

/** Compares what was typed with what was expected, by what a reader sees as characters; with `ignoresAccents`, by their letters only. */
export function compareTyped(typed: string, expected: string, ignoresAccents: boolean): Comparison {
  const plain: Plain = ignoresAccents
    ? (text) => text.normalize('NFD').replace(COMBINING, '').normalize('NFC')
    : (text) => text;
  const given = tidy(typed);
  const wanted = tidy(expected);
  if (given === '') return { outcome: 'untyped' };
  if (plain(given) === plain(wanted)) return { outcome: 'same' };
  return { outcome: 'different', ...stretches(charactersOf(given), charactersOf(wanted), plain) };
}

const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const charactersOf = (text: string): readonly string[] => [...graphemes.segment(text)].map(({ segment }) => segment);

function stretches(typed: readonly string[], expected: readonly string[], plain: Plain) {
  const typedSide: Stretch[] = [];
  const expectedSide: Stretch[] = [];
  let [t, e] = [0, 0];
  for (const [nextT, nextE] of [...commonPairs(typed.map(plain), expected.map(plain)), null].map(
    (pair) => pair ?? ([typed.length, expected.length] as const),
  )) {
    add(typedSide, 'bad', typed.slice(t, nextT).join(''));
    add(typedSide, 'missed', '-'.repeat(Math.max(0, nextE - e - (nextT - t))));
    add(expectedSide, 'missed', expected.slice(e, nextE).join(''));
    add(typedSide, 'good', typed[nextT] ?? '');
    add(expectedSide, 'good', expected[nextE] ?? '');
    [t, e] = [nextT + 1, nextE + 1];
  }
  return { typed: typedSide, expected: expectedSide };
}

function add(side: Stretch[], mark: Mark, text: string): void {
  if (text === '') return;
  const last = side.at(-1);
  if (last?.mark === mark) side[side.length - 1] = { mark, text: last.text + text };
  else side.push({ mark, text });
}

/** Where the two have the same character: a longest common subsequence, as places in both, in order. */
function commonPairs(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  if (a.length * b.length > MOST_STEPS) return [];
  const lengthFrom = commonLengths(a, b);
  const pairs: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (lengthFrom(i + 1, j) >= lengthFrom(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** How long the longest common subsequence is of what remains from these places on. */
function commonLengths(a: readonly string[], b: readonly string[]): (i: number, j: number) => number {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return at;
}
