import type { FrameSide } from '#lib/contract/card-frame.ts';

/** What takes the place of Anki's marks; null takes the mark away. */
export type MarkMakers = {
  readonly sound: (side: FrameSide['side'], index: number) => Node;
  /** `field` is the name as it is in the note. */
  readonly typed: (field: string) => Node | null;
};

const MARK = /\[anki:play:([qa]):(\d{1,3})\]|\[\[type:(?:cloze:|nc:)*([^\]]{1,200})\]\]/g;
const UNSEEN = new Set(['STYLE', 'SCRIPT', 'TEXTAREA']);

/** Puts buttons and fields where Anki left its marks in the text. */
export function replaceMarks(root: ParentNode & Node, makers: MarkMakers): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const marked: Text[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const isSeen = !UNSEEN.has(node.parentElement?.tagName ?? '');
    if (node instanceof Text && isSeen && node.data.search(MARK) >= 0) marked.push(node);
  }
  for (const text of marked) text.replaceWith(...pieces(text.data, makers));
}

function pieces(text: string, makers: MarkMakers): (Node | string)[] {
  const found: (Node | string)[] = [];
  let end = 0;
  for (const mark of text.matchAll(MARK)) {
    const [whole, side, index, field] = mark;
    const made =
      field === undefined
        ? makers.sound(side === 'q' ? 'question' : 'answer', Number(index))
        : makers.typed(field.trim());
    found.push(text.slice(end, mark.index), ...(made === null ? [] : [made]));
    end = mark.index + whole.length;
  }
  return [...found, text.slice(end)].filter((piece) => piece !== '');
}

const SVG = 'http://www.w3.org/2000/svg';

/** Under the class names by which decks style it. */
export function soundButton(side: FrameSide['side'], index: number): HTMLElement {
  const button = document.createElement('a');
  button.className = 'replay-button soundLink';
  button.href = '#';
  button.dataset['play'] = side;
  button.dataset['index'] = String(index);
  button.setAttribute('role', 'button');
  button.setAttribute('aria-label', 'Play sound');
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('class', 'playImage');
  icon.setAttribute('viewBox', '0 0 64 64');
  icon.setAttribute('aria-hidden', 'true');
  const circle = document.createElementNS(SVG, 'circle');
  for (const [name, value] of Object.entries({ cx: '32', cy: '32', r: '29' })) circle.setAttribute(name, value);
  const triangle = document.createElementNS(SVG, 'path');
  triangle.setAttribute('d', 'M24 18 48 32 24 46Z');
  icon.append(circle, triangle);
  button.append(icon);
  return button;
}
