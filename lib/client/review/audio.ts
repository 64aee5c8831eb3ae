import type { FrameMedia } from '#lib/contract/card-frame.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import { whyUnplayable } from './audio-type.ts';
import { DONE, type Heard, type Speech, STOPPED } from './speech.ts';
import type { SpokenPart } from './speech-text.ts';

/** One thing to be heard: a file of the card, or words. `media` finds where the file is; undefined: it is nowhere. */
export type Clip =
  | { readonly kind: 'file'; readonly name: string; readonly media: () => Promise<FrameMedia | undefined> }
  | { readonly kind: 'speech'; readonly parts: readonly SpokenPart[] };

export type Player = {
  /** Plays the clips in their order, instead of what is playing. One that fails is told of, and the next goes on. Never rejects. */
  readonly play: (clips: readonly Clip[], rate: number) => Promise<Heard>;
  readonly stop: () => void;
  /** To be called within a tap: from then on this page may be heard without one. */
  readonly unlock: () => void;
};

/** A Mac that has fallen asleep sends nothing and says nothing. */
const LOADS_WITHIN_MS = 8_000;

/** An eighth of a second of nothing, as a WAV of 8 bits and 8 kHz. */
function silence(): ArrayBuffer {
  const samples = 1_000;
  const view = new DataView(new ArrayBuffer(44 + samples));
  const tag = (at: number, text: string) =>
    [...text].forEach((letter, index) => {
      view.setUint8(at + index, letter.charCodeAt(0));
    });
  tag(0, 'RIFF');
  view.setUint32(4, 36 + samples, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 8_000, true);
  view.setUint32(28, 8_000, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  tag(36, 'data');
  view.setUint32(40, samples, true);
  for (let index = 0; index < samples; index += 1) view.setUint8(44 + index, 128);
  return view.buffer;
}

function refusal(name: string, cause: unknown): Heard {
  const kind = cause instanceof DOMException ? cause.name : '';
  if (kind === 'AbortError') return STOPPED;
  if (kind === 'NotAllowedError')
    return { outcome: 'blocked', detail: 'The browser plays sounds only after a tap. Press play.' };
  return { outcome: 'failed', detail: `“${name}” could not be played.` };
}

/**
 * Plays a card's sounds through one element, because Safari lets only the element play by itself that a tap has played before.
 * `loadsWithinMs` is how long a file may take to begin.
 */
export function createPlayer(audio: HTMLAudioElement, speech: Speech, loadsWithinMs = LOADS_WITHIN_MS): Player {
  const element = createElementPlayer(audio, loadsWithinMs);
  let turn = 0;

  function stop(): void {
    turn += 1;
    element.stop();
    speech.stop();
  }

  async function playClip(clip: Clip, rate: number, isCurrent: () => boolean): Promise<Heard> {
    if (clip.kind === 'speech') return speech.say(clip.parts, rate);
    const why = whyUnplayable(clip.name, (type) => audio.canPlayType(type));
    if (why !== null) return { outcome: 'failed', detail: why };
    const media = await clip.media();
    if (!isCurrent()) return STOPPED;
    if (media === undefined) return { outcome: 'failed', detail: `“${clip.name}” is not to be had now.` };
    return element.play(clip.name, media);
  }

  async function play(clips: readonly Clip[], rate: number): Promise<Heard> {
    stop();
    const mine = turn;
    let worst: Heard = DONE;
    for (const clip of clips) {
      const heard = await playClip(clip, rate, () => turn === mine);
      if (turn !== mine || heard.outcome === 'stopped') return STOPPED;
      if (heard.outcome !== 'done') worst = heard;
    }
    return worst;
  }

  let isUnlocked = false;
  function unlock(): void {
    if (isUnlocked) return;
    isUnlocked = true;
    speech.unlock();
    element.touch().then((isAllowed) => {
      isUnlocked = isAllowed;
    });
  }

  return { play, stop, unlock };
}

type ElementPlayer = {
  readonly play: (name: string, media: FrameMedia) => Promise<Heard>;
  readonly stop: () => void;
  /** Plays what cannot be heard, unless something is playing. False where the browser does not count this as a tap. */
  readonly touch: () => Promise<boolean>;
};

function createElementPlayer(audio: HTMLAudioElement, loadsWithinMs: DurationMs): ElementPlayer {
  let finish: ((heard: Heard) => void) | null = null;

  function play(name: string, media: FrameMedia): Promise<Heard> {
    const { url, close } = open(media);
    const { promise, resolve } = Promise.withResolvers<Heard>();
    const failed = (detail: string) => end({ outcome: 'failed', detail });
    const late = () => failed(`“${name}” did not come from the Mac in time.`);
    let timer = setTimeout(late, loadsWithinMs);
    const listening = new AbortController();
    const end = (heard: Heard) => {
      clearTimeout(timer);
      listening.abort();
      finish = null;
      audio.pause();
      close();
      resolve(heard);
    };
    const on = (event: string, listener: () => void) => audio.addEventListener(event, listener, listening);
    on('playing', () => clearTimeout(timer));
    on('waiting', () => {
      clearTimeout(timer);
      timer = setTimeout(late, loadsWithinMs);
    });
    on('ended', () => end(DONE));
    on('error', () => failed(`“${name}” could not be played.`));
    finish = end;
    audio.src = url;
    audio.play().catch((cause: unknown) => {
      if (finish === end) end(refusal(name, cause));
    });
    return promise;
  }

  function touch(): Promise<boolean> {
    if (finish !== null) return Promise.resolve(true);
    const { url, close } = open({ bytes: silence(), type: 'audio/wav' });
    audio.src = url;
    return audio
      .play()
      .then(
        () => true,
        (cause: unknown) => refusal('', cause).outcome !== 'blocked',
      )
      .finally(close);
  }

  return { play, stop: () => finish?.(STOPPED), touch };
}

/** The address of a file; one that was made here is given back by `close`. */
function open(media: FrameMedia): { readonly url: string; readonly close: () => void } {
  if ('url' in media) return { url: media.url, close: () => undefined };
  const url = URL.createObjectURL(new Blob([media.bytes], { type: media.type }));
  return { url, close: () => URL.revokeObjectURL(url) };
}
