import { type ChildProcess, spawn } from 'node:child_process';
import { TAILSCALE_ENV, tailscalePlaces } from '#lib/host/tailscale-cli.ts';
import { SetupError } from './project.mjs';

/**
 * Runs the CLI for as long as it takes: it may print a link and wait until somebody followed it. What it says is handed on
 * as it comes. Throws a SetupError that says what to do where it does not end well.
 */
export async function runTailnet(args: readonly string[], say: (text: string) => void): Promise<void> {
  for (const place of tailscalePlaces()) {
    const ended = await run(place, args, say);
    if (ended === 'missing') continue;
    if (ended.code === 0) return;
    throw new SetupError(whyNot(args, ended));
  }
  throw new SetupError('Tailscale is not installed here.');
}

type Ended = { readonly code: number | null; readonly said: string };

function run(file: string, args: readonly string[], say: (text: string) => void): Promise<Ended | 'missing'> {
  return new Promise((resolve, reject) => {
    // In our own group: Ctrl-C ends it with us.
    const child = spawn(file, args, { env: { ...process.env, ...TAILSCALE_ENV }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = listen(child, say);
    child.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? resolve('missing') : reject(error)));
    child.on('close', (code) => resolve({ code, said: said() }));
  });
}

/** Hands on both streams, without empty lines at their ends, and remembers them. */
function listen({ stdout, stderr }: ChildProcess, say: (text: string) => void): () => string {
  const all: string[] = [];
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      all.push(text);
      if (text.trim() !== '') say(text.replace(/^\n+|\s+$/g, ''));
    });
  }
  return () => all.join('');
}

/** Source of its sentences: cmd/tailscale/cli/serve_v2.go and cli.go. */
function whyNot(args: readonly string[], { code, said }: Ended): string {
  if (/access denied|permission denied|must be root/i.test(said)) {
    return 'Tailscale lets only root change this here. Allow it for you, once, then run this again:\n  sudo tailscale set --operator=$USER';
  }
  if (/not enabled on your tailnet|to enable, visit/i.test(said)) {
    return 'Your tailnet does not allow this yet. Follow the link above, then run this again.';
  }
  return `tailscale ${args.join(' ')} ended with ${code ?? 'a signal'}; what it said is above.`;
}
