import { DAY, HOUR, MINUTE } from '#lib/domain/time.ts';
import { addDeck, addNote, type Collection, createCollection, lend } from './anki-collection.ts';
import { dayStart } from './anki-day.ts';
import { type Card, type Clock, QUEUE, type Standing } from './anki-model.ts';
import { png, silentMp3, wav } from './anki-sample-media.ts';
import { PICTURED, RICH_NOTES, WORDS } from './anki-sample-notes.ts';
import { VOCABULARY } from './anki-sample-types.ts';
import { randomOf } from './random.ts';

/** Words that were learnt and are not due: it is their reviews that fill the last months. */
const KNOWN_WORDS = 36;
const HISTORY_DAYS = 150;

/** Painted once a process: that takes longer than all the rest. */
let media: readonly (readonly [string, Buffer])[] | undefined;

/**
 * A collection as somebody might have it, of cards of every kind: over 30 are left for today in Spanish and below, some more
 * in Japanese, Science and French; two are in a filtered deck, one is suspended, one is buried. Spanish is the current deck.
 */
export function sampleCollection(now: Clock = Date.now): Collection {
  const collection = createCollection(now);
  const words = WORDS.map((_, place) => addWord(collection, place));
  for (const note of RICH_NOTES) addNote(collection, note);
  const known = Array.from({ length: KNOWN_WORDS }, (_, place) => addKnownWord(collection, place)).flat();
  setAside(collection, words);
  media ??= sampleMedia();
  for (const [name, bytes] of media) collection.media.set(name.normalize('NFC'), bytes);
  rememberMonths(collection, known);
  collection.currentDeckId = addDeck(collection, 'Spanish').id;
  return collection;
}

function addWord(collection: Collection, place: number): readonly Card[] {
  const [Spanish = '', English = '', Example = ''] = WORDS[place] ?? [];
  const picture = PICTURED.get(Spanish);
  const Picture = picture === undefined ? '' : `<img src="${picture.replaceAll('&', '&amp;')}" alt="">`;
  const Audio = place % 3 === 0 ? `[sound:${audioName(Spanish)}]` : '';
  const fields = { Spanish, English, Example, Picture, Audio };
  return addNote(collection, { deck: 'Spanish', noteType: VOCABULARY, fields, standing: standingOf(place) });
}

/** Reviewed today or yesterday, and not due for weeks. */
function addKnownWord(collection: Collection, place: number): readonly Card[] {
  const number = place + 31;
  const intervalDays = 20 + (place % 30);
  return addNote(collection, {
    deck: 'Spanish',
    noteType: VOCABULARY,
    fields: { Spanish: `número ${number}`, English: `number ${number}` },
    standing: { as: 'review', intervalDays, overdueDays: (place % 2) - intervalDays },
  });
}

const audioName = (word: string): string => `es ${word}.wav`;

/** Most are due; the last few are new, or in learning and due soon. */
function standingOf(place: number): Standing {
  const left = WORDS.length - place;
  if (left > 4) return { as: 'review', intervalDays: 2 + ((place * 7) % 25), overdueDays: place === 0 ? 3 : place % 2 };
  if (left > 2) return { as: 'new' };
  return { as: 'learning', dueInMs: left === 2 ? 2 * MINUTE : 8 * MINUTE };
}

function setAside(collection: Collection, words: readonly (readonly Card[])[]): void {
  const filtered = addDeck(collection, 'Before the exam', { filtered: 'reschedule' });
  for (const card of words.slice(20, 22).flat()) lend(card, filtered);
  const [suspended, buried] = words.slice(22, 24).flat();
  if (suspended !== undefined) suspended.queue = QUEUE.suspended;
  if (buried !== undefined) buried.queue = QUEUE.userBuried;
}

function sampleMedia(): readonly (readonly [string, Buffer])[] {
  const sounds = WORDS.map(([word], place) => [audioName(word), wav(330 + 20 * place)] as const);
  return [
    ...sounds.filter((_, place) => place % 3 === 0),
    ['nihongo.mp3', silentMp3()],
    ['cielo.png', png(160, 100, (_, y) => [90 + 100 * y, 160 + 60 * y, 235])],
    [
      'un árbol & más.png',
      png(120, 120, (x, y) => (y > 0.6 && Math.abs(x - 0.5) > 0.06 ? [240, 240, 235] : [60, 120, 60])),
    ],
    ['été.png', png(120, 120, (x, y) => (Math.hypot(x - 0.5, y - 0.5) < 0.3 ? [255, 200, 40] : [200, 230, 255]))],
    ['planets.png', png(240, 160, planets)],
    ['_ankiVoice.deck.French.json', Buffer.from(JSON.stringify({ frontLang: 'en-US', backLang: 'fr-FR' }))],
  ];
}

function planets(x: number, y: number): readonly [number, number, number] {
  if (Math.hypot((x - 0.25) * 1.5, y - 0.27) < 0.14) return [200, 150, 90];
  if (Math.hypot((x - 0.71) * 1.5, y - 0.7) < 0.19) return [90, 140, 220];
  return [20, 22, 34];
}

/** Reviews on most days before yesterday, always the same. */
function rememberMonths({ revlog, madeAt }: Collection, known: readonly Card[]): void {
  const random = randomOf(7);
  const today = dayStart(madeAt);
  for (let ago = HISTORY_DAYS; ago > 1; ago -= 1) {
    const reviews = random.share() < 0.2 ? 0 : random.between(4, 44);
    for (let number = 0; number < reviews; number += 1) {
      const card = known[Math.floor(random.between(0, known.length))];
      const id = revlog.freeFrom(today - ago * DAY + 13 * HOUR + number * 9_000);
      const ease = random.share() < 0.15 ? 1 : 3;
      revlog.add({ id, cardId: card?.id ?? 0, usn: 0, ease, ivl: 10, lastIvl: 4, factor: 2_500, time: 7_000, type: 1 });
    }
  }
}
