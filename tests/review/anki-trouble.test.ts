import { describe, expect, test } from 'vitest';
import { createAnkiConnect } from '#lib/review/anki-connect.ts';
import { createAnkiGateway } from '#lib/review/anki-gateway.ts';
import { EVERYTHING, handOf, openedAnki } from '#tests/support/opened-anki.ts';

const noHand = async (...given: Parameters<typeof createAnkiGateway>) => {
  const hand = await createAnkiGateway(...given).hand(EVERYTHING);
  return 'trouble' in hand ? hand.trouble : null;
};

describe('why there is no hand', () => {
  test.each([
    ['collection-closed', 'collection-closed'],
    ['hung', 'silent'],
    ['key-needed', 'key-needed'],
    ['foreign', 'foreign'],
  ] as const)('Anki is %s: %s, and its decks are not told either', async (state, code) => {
    const { client } = await openedAnki({ state });
    expect(await noHand(client)).toMatchObject({ code, message: expect.stringMatching(/\.$/) });
    expect(await createAnkiGateway(client).decks()).toMatchObject({ trouble: { code } });
  });

  test('nobody is there', async () => {
    const { anki, client } = await openedAnki();
    await anki.stop();
    expect(await noHand(client)).toMatchObject({ code: 'unreachable', remedy: expect.stringContaining('Open Anki') });
  });

  test('on a Mac the remedies are commands', async () => {
    const { anki, client } = await openedAnki({ state: 'hung' });
    const napping = { code: 'silent', command: expect.stringContaining('NSAppSleepDisabled') };
    expect(await noHand(client, { platform: 'darwin' })).toMatchObject(napping);
    await anki.stop();
    expect(await noHand(client, { platform: 'darwin' })).toMatchObject({ command: 'open -a Anki' });
  });

  test('with the key there is one', async () => {
    const { anki } = await openedAnki({ state: 'key-needed', apiKey: 'sesame' });
    const gateway = createAnkiGateway(createAnkiConnect(new URL(anki.url), { key: 'sesame' }));
    expect((await handOf(gateway)).cards).toHaveLength(30);
  });
});
