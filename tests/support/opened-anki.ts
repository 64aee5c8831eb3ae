import { onTestFinished } from 'vitest';
import type { Gateway, Hand, HandQuestion } from '#lib/domain/review/gateway.ts';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { type AnkiConnectOptions, scriptedAnkiConnect } from './scripted-ankiconnect.ts';

/** A scripted Anki until the test ends, and a client of it without a key. */
export async function openedAnki(options: AnkiConnectOptions = {}) {
  const anki = await scriptedAnkiConnect(options);
  onTestFinished(() => anki.stop());
  return { anki, client: createAnkiConnect(new URL(anki.url)) };
}

export const EVERYTHING: HandQuestion = { deck: null, limit: 30, newCards: false };

/** The hand of a gateway that has one; throws with its trouble otherwise. */
export async function handOf(gateway: Gateway, question: Partial<HandQuestion> = {}): Promise<Hand> {
  const hand = await gateway.hand({ ...EVERYTHING, ...question });
  if ('trouble' in hand) throw new Error(hand.trouble.message);
  return hand.value;
}
