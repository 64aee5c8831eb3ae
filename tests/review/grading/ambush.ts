import * as z from 'zod/mini';
import type { AnkiConnectClient } from '#lib/review/anki-connect.ts';
import type { InProcessFault } from '#tests/support/anki-in-process.ts';
import { countIn, type Mac, type Tally } from './mac.ts';
import type { Trouble } from './steps.ts';

/** What lies in wait for whoever calls this Anki. */
export type Ambush = {
  /** From now on; it ends with `mac.anki.disturb(null)`. */
  readonly meet: (trouble: Trouble) => void;
  /** The same Anki; which card it is asked to answer is noted. */
  readonly overhear: (client: AnkiConnectClient) => AnkiConnectClient;
};

const answering = z.object({ answers: z.tuple([z.object({ cardId: z.int() })]) });

/** `tally` counts the faults. */
export function createAmbush({ anki, desktopDoes, rivalReviews }: Mac, tally: Tally): Ambush {
  let asked = 0;
  const meetRival = (rival: NonNullable<Trouble['rival']>): InProcessFault | null => {
    rivalReviews(asked, rival.ease);
    return rival.fault;
  };
  return {
    meet({ faults, meanwhile, rival }) {
      let call = -1;
      let answers = -1;
      anki.disturb(({ actions }) => {
        const isAnswer = actions.includes('answerCards');
        call += 1;
        answers += Number(isAnswer);
        if (meanwhile?.atCall === call) desktopDoes(meanwhile.act);
        const isRivalled = isAnswer && rival?.atAnswer === answers;
        const fault = (isRivalled ? meetRival(rival) : null) ?? faults[call] ?? null;
        if (fault !== null) countIn(tally, `AnkiConnect: ${fault}`);
        return fault;
      });
    },
    overhear: (client) => ({
      call: client.call,
      callAll(actions, limits) {
        const found = actions.find(({ action }) => action === 'answerCards');
        asked = answering.safeParse(found?.params).data?.answers[0].cardId ?? asked;
        return client.callAll(actions, limits);
      },
    }),
  };
}
