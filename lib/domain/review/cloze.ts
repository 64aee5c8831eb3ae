/** One `{{c1::text::hint}}`. Its ordinals count from 1, as written. */
type Cloze = { readonly ordinals: readonly number[]; readonly nodes: Node[]; hint: string | null };
type Node = string | Cloze;

/** Deeper ones stay as they are written. */
const DEEPEST = 8;
const TOKEN = /\{\{c(\d{1,3}(?:,\d{1,3}){0,20})::|\}\}/g;

/**
 * A field's text as the filter `cloze:` gives it for the card of an ordinal, which counts from 0; empty where the text has no
 * cloze for it. Source: `reveal_cloze_text` in rslib/src/cloze.rs of ankitects/anki.
 */
export function clozeText(text: string, ordinal: number, side: 'question' | 'answer'): string {
  const nodes = parse(text);
  const wanted = ordinal + 1;
  if (clozesIn(nodes, wanted).length === 0) return '';
  return written(nodes, (cloze) => side === 'question' && cloze.ordinals.includes(wanted));
}

/** What is to be typed for `[[type:cloze:…]]`: the hidden texts of an ordinal, which counts from 0; the same text only once. */
export function clozeAnswer(text: string, ordinal: number): string {
  const texts = clozesIn(parse(text), ordinal + 1).map(({ nodes }) => written(nodes, () => false));
  return new Set(texts).size === 1 ? (texts[0] ?? '') : texts.join(', ');
}

/** As the filter `cloze-only:` gives it: nothing but the hidden texts, or what stands for them. */
export function clozeOnly(text: string, ordinal: number, side: 'question' | 'answer'): string {
  const clozes = clozesIn(parse(text), ordinal + 1);
  const shown = ({ nodes, hint }: Cloze) => (side === 'question' ? (hint ?? '...') : written(nodes, () => false));
  return clozes.map(shown).join(', ');
}

type Open = { readonly cloze: Cloze; readonly mark: string };

function parse(text: string): Node[] {
  const all: Node[] = [];
  const open: Open[] = [];
  const add = (node: Node): void => addTo(open.at(-1)?.cloze ?? all, node);
  let from = 0;
  for (const { 0: mark, 1: ordinals, index } of text.matchAll(TOKEN)) {
    if (index > from) add(text.slice(from, index));
    from = index + mark.length;
    if (ordinals === undefined) add(open.pop()?.cloze ?? mark);
    else if (open.length === DEEPEST) add(mark);
    else open.push({ cloze: { ordinals: ordinals.split(',').map(Number), nodes: [], hint: null }, mark });
  }
  if (from < text.length) add(text.slice(from));
  while (open.length > 0) unended(open.pop()).forEach(add);
  return all;
}

/** Without its end it is no cloze. */
const unended = (open: Open | undefined): Node[] => {
  if (open === undefined) return [];
  const { mark, cloze } = open;
  return [mark, ...cloze.nodes, ...(cloze.hint === null ? [] : [`::${cloze.hint}`])];
};

function addTo(place: Node[] | Cloze, node: Node): void {
  if (Array.isArray(place)) {
    place.push(node);
    return;
  }
  const at = typeof node === 'string' ? node.indexOf('::') : -1;
  if (typeof node !== 'string' || at < 0) {
    place.nodes.push(node);
    return;
  }
  place.nodes.push(node.slice(0, at));
  place.hint = node.slice(at + 2);
}

const clozesIn = (nodes: readonly Node[], wanted: number): Cloze[] =>
  nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    const inner = clozesIn(node.nodes, wanted);
    return node.ordinals.includes(wanted) ? [node, ...inner] : inner;
  });

const written = (nodes: readonly Node[], isHidden: (cloze: Cloze) => boolean): string =>
  nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      return isHidden(node) ? `[${node.hint ?? '...'}]` : written(node.nodes, isHidden);
    })
    .join('');
