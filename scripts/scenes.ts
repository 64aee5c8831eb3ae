import type { ScriptedAnkiConnect } from '#tests/support/scripted-ankiconnect.ts';
import type { Manner, ScriptedReviewServer } from '#tests/support/scripted-review-server.ts';

/** Who plays: the review server at the address the phone would use, the same on 127.0.0.1 where that differs, and Anki. */
export type Stage = {
  readonly server: ScriptedReviewServer;
  readonly loopback: ScriptedReviewServer | null;
  readonly anki: ScriptedAnkiConnect;
};

export type Scene = {
  readonly name: string;
  readonly story: string;
  /** Changes the stage, on which everything is well before. */
  readonly play: (stage: Stage) => void | Promise<void>;
};

const manner =
  (be: Manner): Scene['play'] =>
  ({ server, loopback }) => {
    server.be(be);
    loopback?.be(be);
  };

export const READY: Scene = { name: 'ready', story: 'everything works', play: () => undefined };

/** Every illness, in the order the demo plays them. */
const ILLNESSES: readonly Scene[] = [
  {
    name: 'stopped',
    story: 'the review server has ended: its port refuses',
    play: async ({ server, loopback }) => {
      await Promise.all([server.stop(), loopback?.stop()]);
    },
  },
  { name: 'hung', story: 'the review server accepts and never answers', play: manner('hung') },
  { name: 'slow', story: 'it answers after 1.3 s; the app waits 1.0 s', play: manner('slow') },
  { name: 'anki-closed', story: 'Anki is not running', play: ({ anki }) => anki.stop() },
  { name: 'anki-hung', story: 'Anki runs and does not answer', play: ({ anki }) => anki.be('hung') },
  { name: 'loopback-only', story: 'it listens on 127.0.0.1 only', play: ({ server }) => server.stop() },
  { name: 'another-program', story: 'another program has its port', play: manner('html') },
  { name: 'garbage', story: 'its port speaks SSH', play: manner('garbage') },
  { name: '503', story: 'a proxy without its server', play: manner('503') },
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
  await Promise.all([stage.anki, ...servers].map((actor) => actor.start()));
  for (const server of servers) server.be('ok');
  stage.anki.be('reviewing');
  await scene.play(stage);
}
