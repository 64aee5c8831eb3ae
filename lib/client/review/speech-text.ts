/** A stretch of text that one voice reads in one go. `lang` is a BCP 47 tag. */
export type SpokenPart = { readonly text: string; readonly lang: string };

/** What the voice app speaks where nobody says which language it is. */
const OTHERWISE = 'en-US';
/** Chrome's remote voices fall silent after some 15 s of one utterance. */
const LONG = 240;

const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BR DD DIV DL DT FIGCAPTION FIGURE H1 H2 H3 H4 H5 H6 HR LI OL P PRE SECTION TABLE TD TH TR UL'.split(
    ' ',
  ),
);
/**
 * RT, RP: of a word with furigana the word itself is read. A Japanese voice knows how it sounds in its sentence; syllables strung
 * together lose where words end, and both would be said twice.
 */
const SILENT =
  'style,script,noscript,template,title,rt,rp,input,textarea,select,button,audio,video,canvas,svg,math,a.hint,[hidden],[aria-hidden="true"]';

const MARKS = /\[anki:play:[qa]:\d+\]|\[sound:[^\]]*\]|\[\[type:[^\]]*\]\]/g;
/** As Anki delimits it. Nobody understands TeX by ear. */
const FORMULA = /\\\([\s\S]*?\\\)|\\\[[\s\S]*?\\\]/g;
const SPEAKABLE = /[^\p{P}\p{Z}\p{C}]/u;

/** A language tag in its canonical spelling, `en_us` included; null for what is none. */
export function languageTag(lang: string): string | null {
  try {
    return Intl.getCanonicalLocales(lang.trim().replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

/**
 * What is read aloud of one side of a card, in its order: the text of the first `<div>` whose classes include README, or else of the
 * whole side. Of the answer only what is not the question again: a README outside `.from-front` and after `#answer`, or else all
 * that follows `#answer`. Each stretch in the language of its innermost `lang`, or else in `fallback`, or else in American English.
 * Attributes are never read: a cloze keeps its answer in one.
 */
export function spokenParts(html: string, side: 'question' | 'answer', fallback: string | null): SpokenPart[] {
  const body = inertBody(html);
  const from = side === 'answer' ? body.querySelector('#answer') : null;
  const root = readmeOf(body, side, from) ?? body;
  const language = (fallback === null ? null : languageTag(fallback)) ?? OTHERWISE;
  return stretches(root, from, language).flatMap(partsOf);
}

/**
 * What the side is made of, where nothing runs and nothing is fetched. A template's content belongs to no document that is shown:
 * unlike in a document of DOMParser's, its styles are not held against the page's policy, nor reported.
 */
function inertBody(html: string): HTMLElement {
  const template = document.createElement('template');
  template.innerHTML = html;
  const body = template.content.ownerDocument.createElement('body');
  body.append(template.content);
  return body;
}

/** Whether a node is told on this side: it comes after the mark or stands in it. */
function isAfter(from: Element | null, node: Node): boolean {
  if (from === null) return true;
  const place = from.compareDocumentPosition(node);
  return from === node || (place & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY)) !== 0;
}

function readmeOf(body: Element, side: 'question' | 'answer', from: Element | null): Element | null {
  const candidates = [...body.querySelectorAll('div.README')];
  const isOwn = (div: Element) => isAfter(from, div) && (side === 'question' || div.closest('.from-front') === null);
  return candidates.find(isOwn) ?? null;
}

/** Texts as they stand in the document, broken where a line or the language changes. */
function stretches(root: Element, from: Element | null, fallback: string): SpokenPart[] {
  const around = root.parentElement?.closest<HTMLElement>('[lang]')?.lang ?? '';
  const found: { text: string; lang: string }[] = [];
  let isOpen = false;
  for (const piece of piecesOf(root, from, languageTag(around) ?? fallback)) {
    const last = found.at(-1);
    if (piece === 'break') isOpen = false;
    else if (isOpen && last?.lang === piece.lang) last.text += piece.text;
    else {
      found.push({ ...piece });
      isOpen = true;
    }
  }
  return found;
}

type Piece = SpokenPart | 'break';

function* piecesOf(node: Node, from: Element | null, lang: string): Generator<Piece> {
  if (node.nodeType === Node.TEXT_NODE && isAfter(from, node)) yield { text: node.nodeValue ?? '', lang };
  if (!(node instanceof HTMLElement) || isSilent(node)) return;
  const isBlock = BLOCKS.has(node.tagName);
  if (isBlock) yield 'break';
  yield* insideOf(node, from, languageTag(node.lang) ?? lang);
  if (isBlock) yield 'break';
}

function* insideOf(element: HTMLElement, from: Element | null, lang: string): Generator<Piece> {
  const blank = isAfter(from, element) ? blankOf(element) : null;
  if (blank !== null) yield { text: blank, lang };
  else for (const child of element.childNodes) yield* piecesOf(child, from, lang);
}

const isSilent = (element: HTMLElement): boolean => element.matches(SILENT) || element.style.display === 'none';

/** A gap to be filled, as it is said: with its hint, if it has one. Null for what is no gap. */
function blankOf(element: HTMLElement): string | null {
  if (!element.matches('.cloze')) return null;
  const gap = /^\[([\s\S]*)\]$/.exec((element.textContent ?? '').trim());
  if (gap === null) return null;
  const hint = (gap[1] ?? '').trim();
  return hint === '...' || hint === '' ? ' blank ' : ` blank, ${hint}, `;
}

function partsOf({ text, lang }: SpokenPart): SpokenPart[] {
  const plain = text.replace(MARKS, ' ').replace(FORMULA, ' formula ').replace(/\s+/g, ' ').trim();
  if (!SPEAKABLE.test(plain)) return [];
  if (plain.length <= LONG) return [{ text: plain, lang }];
  const sentences = [...new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(plain)];
  return sentences.map(({ segment }) => ({ text: segment.trim(), lang })).filter(({ text: said }) => said !== '');
}
