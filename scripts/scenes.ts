import type { Company } from '#tests/support/anki-company.ts';
import type { ScriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import type { ScriptedBridge } from '#tests/support/scripted-bridge.ts';
import type { Manner, ScriptedReviewServer } from '#tests/support/scripted-review-server.ts';

/**
 * Who plays: the review server at the address the phone would use, the same on 127.0.0.1 where that differs, Anki with its
 * two add-ons, and whoever sits at the Mac; no bridge where both its ports are another's.
 */
export type Stage = {
  readonly server: ScriptedReviewServer;
  readonly loopback: ScriptedReviewServer | null;
  readonly anki: ScriptedAnkiConnect;
  readonly bridge: ScriptedBridge | null;
  readonly company: Company;
};

export type Scene = {
  readonly name: string;
  readonly story: string;
  /** Changes the stage, on which everything is well before. */
  readonly play: (stage: Stage) => void | Promise<void>;
};

/** What App Nap adds to each answer. Source: review reference §1.1. */
const NAP_MS = 700;

type Also = Parameters<ScriptedReviewServer['be']>[1];

const manner =
  (be: Manner, also?: Also): Scene['play'] =>
  ({ server, loopback }) => {
    server.be(be, also);
    loopback?.be(be, also);
  };

/** The review server of a year ago, which asks the bridge for the card, while something becomes of the bridge. */
const olderServer =
  (become: (bridge: ScriptedBridge) => Promise<void>): Scene['play'] =>
  async (stage) => {
    await manner('ok', { generation: 'bridge' })(stage);
    if (stage.bridge !== null) await become(stage.bridge);
  };

export const READY: Scene = { name: 'ready', story: 'everything works', play: () => undefined };

/**
 * Every illness, in the order the demo plays them. The older servers stand between such as do not answer: Lifeline believes
 * a server's generation while it answers.
 */
const ILLNESSES: readonly Scene[] = [
  {
    name: 'stopped',
    story: 'the review server has ended: its port refuses',
    play: async ({ server, loopback }) => {
      await Promise.all([server.stop(), loopback?.stop()]);
    },
  },
  {
    name: 'company',
    story: 'it has ended, and somebody reviews at the Mac while you review here',
    play: async ({ server, loopback, company }) => {
      await Promise.all([server.stop(), loopback?.stop()]);
      company.join();
    },
  },
  { name: 'slow', story: 'it answers after 1.3 s; the app waits 1.0 s', play: manner('slow') },
  {
    name: 'anki-closed',
    story: 'Anki is not running',
    play: async ({ anki, bridge }) => {
      await Promise.all([anki.stop(), bridge?.stop()]);
    },
  },
  { name: 'anki-hung', story: 'Anki runs and does not answer', play: ({ anki }) => anki.be('hung') },
  {
    name: 'anki-naps',
    story: 'macOS slows Anki down, because its window is hidden',
    play: ({ anki }) => anki.disturb(() => ({ kind: 'stall', ms: NAP_MS })),
  },
  { name: 'collection-closed', story: 'Anki shows its profiles', play: ({ anki }) => anki.be('collection-closed') },
  { name: 'no-review', story: 'Anki shows its decks', play: ({ anki }) => anki.be('no-reviewer') },
  { name: 'key-needed', story: 'AnkiConnect wants a key', play: ({ anki }) => anki.be('key-needed') },
  { name: 'no-ankiconnect', story: 'Anki runs without AnkiConnect', play: ({ anki }) => anki.stop() },
  {
    name: 'anki-port-taken',
    story: 'another program has the port of AnkiConnect',
    play: ({ anki }) => anki.be('foreign'),
  },
  { name: 'incompatible', story: 'the review server cannot read this AnkiConnect', play: manner('mismatched') },
  { name: 'hung', story: 'the review server accepts and never answers', play: manner('hung') },
  { name: 'no-bridge', story: 'an older server, and no bridge add-on', play: olderServer((bridge) => bridge.stop()) },
  { name: '503', story: 'a proxy without its server', play: manner('503') },
  {
    name: 'bridge-moved',
    story: 'an older server, and the bridge on 8771',
    play: olderServer((bridge) => bridge.moveOver()),
  },
  { name: 'loopback-only', story: 'it listens on 127.0.0.1 only', play: ({ server }) => server.stop() },
  { name: 'another-program', story: 'another program has its port', play: manner('html') },
  { name: 'garbage', story: 'its port speaks SSH', play: manner('garbage') },
  { name: '500', story: 'it crashes on every request', play: manner('500') },
  { name: 'closed-early', story: 'it closes without an answer', play: manner('closed-early') },
  { name: 'reset', story: 'it resets every connection', play: manner('reset') },
  { name: 'truncated', story: 'its answers end too early', play: manner('truncated') },
  { name: 'bad-json', story: 'its health cannot be read', play: manner('bad-json') },
  { name: 'redirect', story: 'it sends everyone elsewhere', play: manner('redirect') },
];

/** The scenes that can be played here: one needs a second loopback address, which Linux alone has by itself. */
export function scenesFor(platform: NodeJS.Platform): readonly Scene[] {
  return [READY, ...ILLNESSES.filter(({ name }) => name !== 'loopback-only' || platform === 'linux')];
}

/** Makes everything well again, whatever was played before, then plays the scene. */
export async function playScene(scene: Scene, stage: Stage): Promise<void> {
  const servers = [stage.server, ...(stage.loopback ? [stage.loopback] : [])];
  await stage.bridge?.stop(); // it may have moved
  const actors = [stage.anki, ...servers, ...(stage.bridge ? [stage.bridge] : [])];
  await Promise.all(actors.map((actor) => actor.start()));
  for (const server of servers) server.be('ok');
  stage.anki.be('reviewing');
  stage.anki.disturb(null);
  stage.company.leave();
  await scene.play(stage);
}
