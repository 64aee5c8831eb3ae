import type { FrameMedia } from '#lib/contract/card-frame.ts';
import type { ReviewCard, Sound } from '#lib/domain/review/card.ts';
import type { Clip } from './audio.ts';
import { languageTag, spokenParts } from './speech-text.ts';

type Side = 'question' | 'answer';
/** Finds a card's files, as `ReviewSession.media` does. */
export type FindMedia = (card: ReviewCard) => Promise<Readonly<Record<string, FrameMedia>>>;

/** A sound file of a card; one that cannot be found is undefined, whatever the reason. */
export function fileClip(card: ReviewCard, name: string, find: FindMedia): Clip {
  const media = () =>
    find(card).then(
      (files) => (Object.hasOwn(files, name) ? files[name] : undefined),
      () => undefined,
    );
  return { kind: 'file', name, media };
}

function soundClip(card: ReviewCard, sound: Sound, find: FindMedia): Clip {
  if (sound.kind === 'file') return fileClip(card, sound.name, find);
  return { kind: 'speech', parts: [{ text: sound.text, lang: languageTag(sound.lang) ?? 'en-US' }] };
}

/** What the play marks of one side stand for, in their order; none where that is not known. */
export const sideClips = (card: ReviewCard, side: Side, find: FindMedia): Clip[] =>
  (card.sounds?.[side] ?? []).map((sound) => soundClip(card, sound, find));

/** The sound of one play mark; null where there is none. */
export function markClip(card: ReviewCard, mark: { side: Side; index: number }, find: FindMedia): Clip | null {
  const sound = card.sounds?.[mark.side][mark.index];
  return sound === undefined ? null : soundClip(card, sound, find);
}

/** All that Anki plays again on a side: on the answer the question's sounds first. */
export function replayClips(card: ReviewCard, side: Side, find: FindMedia): Clip[] {
  if (card.sounds === null) return card.looseSounds.map((name) => fileClip(card, name, find));
  const question = sideClips(card, 'question', find);
  return side === 'question' ? question : [...question, ...sideClips(card, 'answer', find)];
}

/** The words of one side; none where it has no words. */
export function wordsClips(card: ReviewCard, side: Side): Clip[] {
  const html = side === 'question' ? card.question : card.answer;
  const parts = spokenParts(html, side, side === 'question' ? card.languages.front : card.languages.back);
  return parts.length === 0 ? [] : [{ kind: 'speech', parts }];
}
