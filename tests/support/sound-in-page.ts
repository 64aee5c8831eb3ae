import { type Clip, createPlayer } from '#lib/client/review/audio.ts';
import { createSpeech, type Heard } from '#lib/client/review/speech.ts';

/** Runs in a page: the player on its audio element and voice, impatient so that tests are short. */
const audio = new Audio();
const speech = createSpeech(window.speechSynthesis, 400);
const player = createPlayer(audio, speech, 2_000);
const sources: string[] = [];
audio.addEventListener('ended', () => sources.push(audio.src.split('/').at(-1) ?? ''));

/** The files that were played to their end. */
export const played = (): readonly string[] => sources;

const clip = (name: string): Clip => ({
  kind: 'file',
  name,
  media: async () => (name === 'nowhere.mp3' ? undefined : { url: `/${name}` }),
});

export const hear = (names: readonly string[]): Promise<Heard> => player.play(names.map(clip), 1);

export async function interrupt(first: string, second: string): Promise<Heard[]> {
  const early = hear([first]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  return Promise.all([early, hear([second])]);
}

/** Plays bytes, and counts the addresses that were made for them and given back. */
export async function hearBytes(url: string): Promise<{ heard: Heard; made: number; revoked: number }> {
  const bytes = await (await fetch(url)).arrayBuffer();
  const [make, revoke] = [URL.createObjectURL, URL.revokeObjectURL];
  let [made, revoked] = [0, 0];
  URL.createObjectURL = (blob) => {
    made += 1;
    return make(blob);
  };
  URL.revokeObjectURL = (address) => {
    revoked += 1;
    revoke(address);
  };
  const media = async () => ({ bytes, type: 'audio/wav' });
  const heard = await player.play([{ kind: 'file', name: 'kept.wav', media }], 1);
  return { heard, made, revoked };
}

type Part = readonly [text: string, lang: string];

export const say = (parts: readonly Part[]): Promise<Heard> =>
  player.play([{ kind: 'speech', parts: parts.map(([text, lang]) => ({ text, lang })) }], 1.5);

export const sayNow = (text: string, lang: string): Promise<Heard> => speech.say([{ text, lang }], 1);

export const sayWithout = (text: string): Promise<Heard> => createSpeech(null).say([{ text, lang: 'en' }], 1);
