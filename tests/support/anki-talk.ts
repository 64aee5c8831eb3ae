import * as z from 'zod/mini';
import type { Called, Reply } from '#lib/review/anki-connect.ts';
import { ankiInProcess, type InProcessOptions, virtualClock } from './anki-in-process.ts';
import { type Plain, plainCollection } from './anki-samples.ts';

type Given = Partial<Omit<InProcessOptions, 'clock'>> & Partial<Omit<Plain, 'now'>>;

/** Anki in process with five plain cards that are due, and what it says to actions by their names. */
export function inProcess({ cards = 5, deck, standing, ...options }: Given = {}) {
  const clock = virtualClock();
  const plain = { cards, now: clock.now, ...(deck === undefined ? {} : { deck }) };
  const collection = options.collection ?? plainCollection(standing === undefined ? plain : { ...plain, standing });
  const anki = ankiInProcess({ clock, ...options, collection });
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0] = collection.cards.keys();
  return {
    anki,
    clock,
    collection,
    revlog: collection.revlog,
    ids: [first, second, third, fourth, fifth] as const,
    call: async (action: string, params?: object) => said(await anki.client.call(actionOf([action, params]))),
    callAll: async (...actions: readonly (readonly unknown[])[]) => {
      const answer = await anki.client.callAll(actions.map(actionOf));
      return answer.outcome === 'answered' ? answer.value.map(said) : answer;
    },
  };
}

const actionOf = ([action, params]: readonly unknown[]) => ({
  action: String(action),
  ...(params === undefined ? {} : { params: { ...Object(params) } }),
  result: z.unknown(),
});

/** The result, or the words of the error. */
function said(answer: Called<unknown> | Reply<unknown>): unknown {
  if (answer.outcome === 'answered') return answer.value;
  return answer.outcome === 'api-error' ? { error: answer.message } : answer;
}
