import { parseArgs } from 'node:util';
import { renderUnicodeCompact } from 'uqr';
import { tailscaleStatus } from '#lib/host/tailscale.ts';
import { leadsTo, type Root, tailscaleRoots } from '#lib/host/tailscale-serve.ts';
import { type ServeView, serveArguments, serveView } from '#lib/server/serve-view.ts';
import { SetupError } from './project.mjs';
import type { Reached } from './tailnet-reach.ts';
import { runTailnet } from './tailnet-run.ts';

export type Surroundings = {
  readonly port: number;
  readonly host: string;
  /** `LIFELINE_TOKEN`. */
  readonly token: string | undefined;
  readonly platform: NodeJS.Platform;
  readonly say: (text: string) => void;
  /** Whether Lifeline answers at an origin. */
  readonly reach: (origin: string, patienceMs: number) => Promise<Reached>;
  /** Whether what is said may be coloured. */
  readonly isTerminal: boolean;
};

const USAGE = `npm run tailnet            publishes Lifeline to your tailnet by https, and shows the code for the phone
npm run tailnet -- --off   ends that`;

const LOCAL_PATIENCE_MS = 3_000;
/** The first request waits for the certificate. */
const FIRST_PATIENCE_MS = 20_000;

/** Publishes Lifeline to the tailnet, or ends that. Throws a SetupError that says what is in the way and what to do. */
export async function tailnet(args: readonly string[], around: Surroundings): Promise<void> {
  return wantsOff(args) ? unpublish(around) : publish(around);
}

function wantsOff(args: readonly string[]): boolean {
  try {
    return parseArgs({ args: [...args], options: { off: { type: 'boolean', default: false } } }).values.off;
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

async function look({ port, platform }: Surroundings): Promise<ServeView> {
  const [tailscale, roots] = await Promise.all([tailscaleStatus(), tailscaleRoots()]);
  return serveView({ port, roots, tailscale, platform });
}

async function publish(around: Surroundings): Promise<void> {
  const { port, say } = around;
  const before = await look(around);
  refuseWhatIsNotOurs(before);
  const isRunning = await isLifelineHere(around);
  if (before.state !== 'published') {
    say(`tailscale ${serveArguments(port).join(' ')}`);
    await runTailnet(serveArguments(port), say);
  }
  const { url, state, detail } = before.state === 'published' ? before : await look(around);
  if (state !== 'published' || url === null) {
    throw new SetupError(`Tailscale took the command, but Lifeline is not published. ${detail ?? ''}`.trim());
  }
  if (isRunning) await checkItLeadsHere(url, around);
  say(`\nLifeline is published to your tailnet, and only there:\n\n  ${url}\n`);
  say(await codeFor(url, around));
  if (!isRunning) say(`Nothing listens on port ${port} yet. Start Lifeline with: npm start`);
}

/** Whatever else stands in the place of Lifeline is left as it is. */
function refuseWhatIsNotOurs({ state, url, command, detail }: ServeView): void {
  switch (state) {
    case 'published':
    case 'not-published':
      return;
    case 'public':
      throw new SetupError(
        `Funnel opens ${url} to the whole internet. ${detail ?? ''}\nLifeline is for your tailnet only. End Funnel first; this keeps the tailnet’s way:\n  ${command}`,
      );
    case 'elsewhere':
      throw new SetupError(
        `${detail} It stays so.\nTo publish Lifeline beside it, then run this again for the code:\n  ${command}`,
      );
    case 'no-tailscale':
      throw new SetupError(`${detail}\n  ${command}\nThen run this again.`);
    case 'unknown':
      throw new SetupError(`Tailscale does not say what it serves: ${detail}`);
  }
}

const REACHED_BY_SERVE = new Set(['127.0.0.1', 'localhost', '::1', '0.0.0.0', '::']);

/** False while nothing answers there. */
async function isLifelineHere({ port, host, reach }: Surroundings): Promise<boolean> {
  if (!REACHED_BY_SERVE.has(host)) {
    throw new SetupError(`HOST is ${host}, but tailscale serve leads to 127.0.0.1. Leave HOST out.`);
  }
  const reached = await reach(`http://127.0.0.1:${port}`, LOCAL_PATIENCE_MS);
  if (reached === 'other') {
    throw new SetupError(`What answers on port ${port} is not Lifeline. Nothing was published.`);
  }
  return reached === 'lifeline';
}

async function checkItLeadsHere(url: string, { reach, say }: Surroundings): Promise<void> {
  const reached = await reach(url, FIRST_PATIENCE_MS);
  if (reached === 'other') throw new SetupError(`Something else answers at ${url}.`);
  if (reached === 'silent') {
    say(`${url} does not answer yet: the first certificate may take a minute.`);
  }
}

/** The code for the phone’s camera; with a token it is the link that lets a device in. */
async function codeFor(url: string, { token, isTerminal }: Surroundings): Promise<string> {
  const link = token === undefined ? url : `${url}/?token=${encodeURIComponent(token)}`;
  const code = renderUnicodeCompact(link, { ecc: 'L', border: 2 });
  // White on black in any terminal: a code the other way round is not read by all cameras.
  const lines = code.split('\n').map((line) => (isTerminal ? `\u001b[97;40m${line}\u001b[0m` : line));
  const about =
    token === undefined
      ? 'On the phone: turn Tailscale on, then open the camera and point it here.'
      : 'This code lets in whoever scans it. On the phone: turn Tailscale on, then open the camera.';
  return `${lines.join('\n')}\n\n${about}\n`;
}

async function unpublish(around: Surroundings): Promise<void> {
  const { port, say } = around;
  const ours = await ourRoots(port);
  const [running] = ours.filter(({ isForeground }) => isForeground);
  if (running !== undefined) {
    throw new SetupError('A command in a terminal publishes it: end it there with Ctrl-C.');
  }
  if (ours.length === 0) return say('Lifeline is not published.');
  for (const { port: at } of ours) {
    // The root alone: what else is served there stays.
    await runTailnet(['serve', `--https=${at}`, '--set-path=/', 'off'], say);
  }
  if ((await ourRoots(port)).length > 0) {
    throw new SetupError('Tailscale took the command, but Lifeline is still published. See: tailscale serve status');
  }
  say('Lifeline is no longer published. The app on a phone stays, and shows what it kept.');
}

async function ourRoots(port: number): Promise<readonly Root[]> {
  const roots = await tailscaleRoots();
  if ('why' in roots) throw new SetupError(`Tailscale does not say what it serves: ${roots.detail}`);
  return roots.told.filter(({ speaks, to, host }) => speaks === 'https' && host !== null && leadsTo(to, port));
}
