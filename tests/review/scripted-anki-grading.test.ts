import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { ankiInProcess, virtualClock } from '#tests/support/anki-in-process.ts';
import { plainCollection } from '#tests/support/anki-samples.ts';
import type { AnkiState } from '#tests/support/ankiconnect-answers.ts';

const clock = virtualClock();
function setUp(state: AnkiState = 'reviewing', cards = 5) {
  const collection = plainCollection({ cards, now: clock.now });
  const anki = ankiInProcess({ clock, collection, state });
  const call = async (action: string, params: Record<string, unknown> = {}) => {
    const said = await anki.client.call({ action, params, result: z.unknown() });
    return said.outcome === 'answered' ? said.value : said;
  };
  const ids = [...collection.cards.keys()];
  return { anki, collection, call, ids };
}

test('the card on top is graded by its id, another one is refused while a queue is built, and accepted right after', async () => {
  const { anki, call, ids } = setUp();
  expect(await call('answerCards', { answers: [{ cardId: ids[0], ease: 3 }] })).toEqual([true]);
  const wrong = { answers: [{ cardId: ids[3], ease: 3 }] };
  expect(await call('answerCards', wrong)).toMatchObject({ outcome: 'api-error', message: 'not at top of queue' });
  expect(anki.collection.undoSteps).toEqual([]);
  expect(await call('answerCards', wrong)).toEqual([true]);
});

test('answering by id counts twice what is sent twice', async () => {
  const { anki, call, ids } = setUp('no-reviewer');
  const answers = [{ cardId: ids[0], ease: 3 }];
  await call('answerCards', { answers });
  await call('answerCards', { answers });
  expect(anki.collection.revlog.of(ids[0] ?? 0).map(({ ease }) => ease)).toEqual([3, 3, 3]);
});
