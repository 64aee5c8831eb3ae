import type { FrameCard, FrameMedia, ToFrame } from '#lib/contract/card-frame.ts';
import { hasFormulas, mathSource } from './math-source.ts';

/** Gives one frame what it needs to show a card, and of the same card only what changed. */
export class FrameFeed {
  readonly #send: (message: ToFrame) => void;
  #newest: FrameCard | null = null;
  #sent: FrameCard | null = null;
  #hasMath = false;

  constructor(send: (message: ToFrame) => void) {
    this.#send = send;
  }

  /** What the frame has been told to show. */
  get sent(): FrameCard | null {
    return this.#sent;
  }

  /** Resolves to true when the frame was told to show another side or card, which it then says it has done. */
  async give(card: FrameCard): Promise<boolean> {
    this.#newest = card;
    const changes = this.#sent === null ? null : changesOf(this.#sent, card);
    if (changes === null && !(await this.#lendMath(card))) return false;
    const isTurned = changes === null || this.#sent?.side !== card.side;
    for (const message of changes ?? [card]) this.#send(message);
    this.#sent = card;
    return isTurned;
  }

  /** False when another card was given meanwhile. A card whose formulas cannot be set is shown as it is written. */
  async #lendMath(card: FrameCard): Promise<boolean> {
    if (this.#hasMath || !hasFormulas(card)) return true;
    const source = await mathSource();
    if (this.#newest !== card) return false;
    if (source !== null) this.#send({ type: 'math', source });
    this.#hasMath = source !== null;
    return true;
  }
}

/** What to say to a frame that has one state of a card so that it shows another; null: the card itself. */
function changesOf(before: FrameCard, after: FrameCard): readonly ToFrame[] | null {
  if (!isSameCard(before, after)) return null;
  const { turn, side, night } = after;
  return [
    ...(before.night === night ? [] : [{ type: 'theme', night } as const]),
    ...(before.side === side ? [] : [{ type: 'side', turn, side } as const]),
  ];
}

/** But for its side and the time of day. Of equal objects any will do: whoever shows a card may make them anew each time. */
function isSameCard(a: FrameCard, b: FrameCard): boolean {
  const { side, night, typed, languages, media, ...plain } = b;
  return (
    Object.entries(plain).every(([name, value]) => a[name as keyof typeof plain] === value) &&
    JSON.stringify([a.typed, a.languages]) === JSON.stringify([typed, languages]) &&
    isSameMedia(a.media, media)
  );
}

function isSameMedia(a: FrameCard['media'], b: FrameCard['media']): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => isSameFile(a[name], b[name]));
}

/** Bytes are the same where they are one object. */
function isSameFile(a: FrameMedia | undefined, b: FrameMedia | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return 'url' in a ? 'url' in b && a.url === b.url : 'bytes' in b && a.bytes === b.bytes;
}
