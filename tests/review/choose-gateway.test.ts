import { describe, expect, onTestFinished, test } from 'vitest';
import type { Gateway } from '#lib/domain/review/gateway.ts';
import { createAnkiGateway } from '#lib/review/anki-gateway.ts';
import { createGateways } from '#lib/review/choose-gateway.ts';
import { createReviewServer } from '#lib/review/review-server.ts';
import { createReviewServerGateway } from '#lib/review/review-server-gateway.ts';
import { shownCard } from '#tests/support/anki-window.ts';
import { EVERYTHING, handOf, openedAnki } from '#tests/support/opened-anki.ts';
import { closedPort, ok, replying } from '#tests/support/raw-servers.ts';
import { scriptedReviewServer } from '#tests/support/scripted-review-server.ts';

/** Two Ankis: the first is this machine's, the second is where the review server runs. */
async function standing() {
  const { anki: here, client } = await openedAnki();
  const { anki: there } = await openedAnki();
  const server = await scriptedReviewServer({ parts: { ankiConnectUrl: there.url, bridgeUrl: null } });
  onTestFinished(() => server.stop());
  const asked: string[] = [];
  const counted = (gateway: Gateway): Gateway => ({
    ...gateway,
    hand: (question) => {
      asked.push(gateway.kind);
      return gateway.hand(question);
    },
  });
  let now = 0;
  const ways = [createAnkiGateway(client), createReviewServerGateway(clientAt(server.port))].map(counted);
  const gateways = createGateways(ways, () => now);
  return { here, there, server, gateways, asked, pass: (ms: number) => (now += ms) };
}
const clientAt = (port: number) => createReviewServer(async () => ({ url: `http://127.0.0.1:${port}/health` }));

describe('the way to Anki', () => {
  test('is AnkiConnect while it answers, also with the review server dead', async () => {
    const { gateways, server, asked } = await standing();
    await server.stop();
    const hand = await gateways.hand(EVERYTHING);
    expect([hand.gateway?.kind, hand.value?.cards.length, hand.troubles]).toEqual(['anki-connect', 30, []]);
    expect(asked).toEqual(['anki-connect']);
  });

  test('is the review server where AnkiConnect is not, with the reason told, and AnkiConnect again when it is back', async () => {
    const { gateways, here, there } = await standing();
    await here.stop();
    const hand = await gateways.hand(EVERYTHING);
    expect(hand.gateway?.abilities).toEqual({ undo: false, decks: false, counts: false, lookahead: false });
    expect(hand.value?.cards.map(({ cardId }) => cardId)).toEqual([shownCard(there.window)?.id]);
    expect(hand.troubles).toMatchObject([{ kind: 'anki-connect', trouble: { code: 'unreachable' } }]);
    expect(await gateways.due()).toMatchObject({ gateway: null, value: null });
    expect(await gateways.decks()).toMatchObject({ gateway: null, value: null });
    await here.start();
    expect((await gateways.hand(EVERYTHING)).gateway?.kind).toBe('anki-connect');
  });

  test('is none where neither answers, with both reasons told', async () => {
    const { gateways, here, there, server } = await standing();
    await here.stop();
    there.be('no-reviewer');
    expect(await gateways.hand(EVERYTHING)).toMatchObject({
      gateway: null,
      value: null,
      troubles: [{ trouble: { code: 'unreachable' } }, { kind: 'review-server', trouble: { code: 'no-reviewer' } }],
    });
    await server.stop();
    expect((await gateways.hand(EVERYTHING)).troubles.map(({ trouble }) => trouble.code)).toEqual([
      'unreachable',
      'unreachable',
    ]);
  });

  test('costs a silent Anki’s patience once, and is asked again after a while', async () => {
    const { gateways, here, asked, pass } = await standing();
    here.be('hung');
    const startedAt = performance.now();
    expect((await gateways.hand(EVERYTHING)).gateway?.kind).toBe('review-server');
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    const again = await gateways.hand(EVERYTHING);
    expect(again.gateway?.kind).toBe('review-server');
    expect(again.troubles).toMatchObject([{ kind: 'anki-connect', trouble: { code: 'silent' } }]);
    expect(asked).toEqual(['anki-connect', 'review-server', 'review-server']);
    here.be('reviewing');
    pass(30_000);
    expect(await gateways.hand(EVERYTHING)).toMatchObject({ gateway: { kind: 'anki-connect' }, troubles: [] });
  });

  test('tells how many cards are due in all', async () => {
    const { gateways } = await standing();
    const [due, decks] = [await gateways.due(), await gateways.decks()];
    const top = decks.value?.filter(({ name }) => !name.includes('::')) ?? [];
    expect(due.value?.review).toBe(top.reduce((sum, { counts }) => sum + counts.review, 0));
    expect(due.value?.review).toBeGreaterThan(30);
  });
});

describe('through the review server', () => {
  const gatewayAt = async (port: Promise<number>) => createReviewServerGateway(clientAt(await port));

  test('a card comes without what it does not tell', async () => {
    const card = { status: 'ok', cardId: 1, front_html: '<img src="a%20b.png">[anki:play:q:0]', back_html: 'hand' };
    const { cards, counts } = await handOf(await gatewayAt(replying(ok(card))));
    expect(counts).toBeNull();
    expect(cards).toMatchObject([{ cardId: 1, guard: null, deck: null, sounds: null, media: ['a b.png'] }]);
    expect(cards[0]?.buttons).toEqual([1, 2, 3, 4].map((ease) => ({ ease, next: null })));
  });

  test('a card has no button for a sound that only Anki’s window could play', async () => {
    const button = `<a class="replay-button soundLink" href=# onclick="pycmd('play:q:0'); return false;"><svg class="playImage"></svg></a>`;
    const card = {
      status: 'ok',
      cardId: 1,
      front_html: `la mano [anki:play:q:0]`,
      back_html: `${button} the <a href="#x">hand</a>`,
    };
    const [shown] = (await handOf(await gatewayAt(replying(ok(card))))).cards;
    expect([shown?.question.trim(), shown?.answer.trim()]).toEqual(['la mano', 'the <a href="#x">hand</a>']);
  });

  test.each([
    ['Anki error: Gui review is not currently active.', 'no-reviewer'],
    ['Backend returned: unknown', 'incompatible'],
    ['Anki error: collection is not available', 'collection-closed'],
    ['Anki error: valid api key must be provided', 'key-needed'],
    ['Anki error: Cannot connect to AnkiConnect: All connection attempts failed', 'unreachable'],
    ['Cannot connect to Anki add-on', 'unreachable'],
    ['Anki add-on timeout', 'silent'],
    ['something new', 'failed'],
  ])('“%s” is told as %s', async (message, code) => {
    const gateway = await gatewayAt(replying(ok({ status: 'error', message })));
    expect(await gateway.hand(EVERYTHING)).toMatchObject({ trouble: { code } });
  });

  test.each([
    ['nobody', closedPort, 'unreachable'],
    ['a web page', () => replying(ok('<html>')), 'foreign'],
    ['half an answer', () => replying('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'), 'failed'],
  ] as const)('%s: %s', async (_, port, code) => {
    const gateway = await gatewayAt(port());
    expect(await gateway.hand(EVERYTHING)).toMatchObject({ trouble: { code } });
  });
});
