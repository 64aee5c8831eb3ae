import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { SetupError } from '#scripts/project.mjs';
import { tailnet } from '#scripts/tailnet.ts';
import { type Reached, reach } from '#scripts/tailnet-reach.ts';
import { failing, printing, runningAs, scriptedTailscale } from '#tests/support/scripted-tailscale.ts';

const HOST = 'macbook.tail1234.ts.net';
const HEALTH = { status: 'ok', version: '0.1.0', monitor: { lastRoundAt: null, rounds: 0 } };
const RUNNING = runningAs(HOST);
const served = (to: string, isPublic = false) => ({
  TCP: { 443: { HTTPS: true } },
  Web: { [`${HOST}:443`]: { Handlers: { '/': { Proxy: to } } } },
  ...(isPublic ? { AllowFunnel: { [`${HOST}:443`]: true } } : {}),
});

/** Shell lines after which this is served. */
const serving = (config: object): string => `cat > "$0.state" <<'END'\n${JSON.stringify(config)}\nEND`;

/** Something on loopback that answers every request with this body. */
async function answering(body: unknown, status = 200): Promise<number> {
  const server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

type World = {
  readonly port: number;
  readonly status?: object;
  /** What is served before. */
  readonly serve?: object | null;
  /** Shell lines for the command that publishes; usually it does. */
  readonly onServe?: string;
  readonly token?: string;
  readonly host?: string;
  /** What answers at the https address, which no test can have. */
  readonly atUrl?: Reached;
};

/** A tailscale that remembers what it serves. Tells what was said, what the CLI was asked to do, and how it ended. */
async function run(args: readonly string[], { port, status = RUNNING, serve = {}, ...world }: World) {
  const here = served(`http://127.0.0.1:${port}`);
  const publish = world.onServe ?? `${serving(here)}\necho "Available within your tailnet:"`;
  await scriptedTailscale(`case "$*" in
status*)\n${printing(status)}\n;;
"serve status --json") if [ -f "$0.state" ]; then cat "$0.state"; else\n${printing(serve)}\nfi;;
whois*) exit 1;;
*off) echo "$*" >> "$0.asked"; echo '{}' > "$0.state";;
serve*) echo "$*" >> "$0.asked"\n${publish}\n;;
esac`);
  const said: string[] = [];
  const ended = await tailnet(args, {
    port,
    host: world.host ?? '127.0.0.1',
    token: world.token,
    platform: 'darwin',
    say: (text) => said.push(text),
    reach: async (origin, ms) => (origin.startsWith('https:') ? (world.atUrl ?? 'lifeline') : reach(origin, ms)),
    isTerminal: false,
  }).then(
    () => null,
    (error: unknown) => {
      if (error instanceof SetupError) return error.message;
      throw error;
    },
  );
  const { readFile } = await import('node:fs/promises');
  const asked = await readFile(`${process.env['TAILSCALE_BIN']}.asked`, 'utf8').catch(() => '');
  return { said: said.join('\n'), ended, asked: asked.trim() };
}

test('publishes a running Lifeline and shows its address, and a code for the phone', async () => {
  const port = await answering(HEALTH);
  const { said, ended, asked } = await run([], { port });
  expect(ended).toBeNull();
  expect(asked).toBe(`serve --bg ${port}`);
  expect(said).toContain('Available within your tailnet:');
  expect(said).toContain(`  https://${HOST}\n`);
  expect(said).toMatch(/[▀▄█]{20}/);
  expect(said).not.toContain('does not answer yet');
});

test('what is published already is only shown', async () => {
  const port = await answering(HEALTH);
  const { said, ended, asked } = await run([], { port, serve: served(`http://127.0.0.1:${port}`) });
  expect([ended, asked]).toEqual([null, '']);
  expect(said).toContain(`https://${HOST}`);
});

test('with a token the code lets the phone in, and that is said', async () => {
  const port = await answering({ error: { code: 'token', message: 'This needs the token.' } }, 401);
  const { said, ended } = await run([], { port, token: 'a secret & more of it' });
  expect(ended).toBeNull();
  expect(said).toContain('This code lets in whoever scans it.');
  expect(said).not.toContain('a secret');
  const plain = await run([], { port });
  expect(said.length).toBeGreaterThan(plain.said.length);
});

test('the link at which the tailnet’s owner allows it is handed on while the command waits', async () => {
  const port = await answering(HEALTH);
  const link = 'https://login.tailscale.com/f/serve?node=nABC';
  const publishes = serving(served(`http://127.0.0.1:${port}`));
  const waits = `echo "Serve is not enabled on your tailnet."\necho "To enable, visit:"\necho "  ${link}"\nsleep 0.3\n`;
  const { said, ended } = await run([], { port, onServe: `${waits}${publishes}` });
  expect(ended).toBeNull();
  expect(said.indexOf(link)).toBeGreaterThan(-1);
  expect(said.indexOf(link)).toBeLessThan(said.indexOf('Lifeline is published'));
  const gaveUp = await run([], { port, onServe: `${waits}exit 1` });
  expect(gaveUp.said).toContain(link);
  expect(gaveUp.ended).toBe('Your tailnet does not allow this yet. Follow the link above, then run this again.');
});

test('Lifeline need not run yet', async () => {
  const port = await answering(HEALTH, 502);
  const { said, ended } = await run([], { port });
  expect(ended).toBeNull();
  expect(said).toContain(`Nothing listens on port ${port} yet. Start Lifeline with: npm start`);
});

test('a certificate that is still on its way is told', async () => {
  const port = await answering(HEALTH);
  const { said, ended } = await run([], { port, atUrl: 'silent' });
  expect(ended).toBeNull();
  expect(said).toContain(`https://${HOST} does not answer yet: the first certificate may take a minute.`);
});

test.each([
  [
    'Funnel',
    { serve: 'public' },
    /^Funnel opens https:\/\/macbook.* to the whole internet\.[\s\S]*tailscale serve --bg \d+$/,
  ],
  [
    'an address that leads elsewhere',
    { serve: 'http://127.0.0.1:1' },
    /leads to http:\/\/127\.0\.0\.1:1\. It stays so\.[\s\S]*--https=8443 \d+$/,
  ],
  [
    'a tailscale that is logged out',
    { status: { ...RUNNING, BackendState: 'NeedsLogin' } },
    /^The Mac is logged out[\s\S]*tailscale login\n/,
  ],
  [
    'a tailscale that is off',
    { status: { ...RUNNING, BackendState: 'Stopped' } },
    /^Tailscale is switched off[\s\S]*tailscale up\n/,
  ],
  [
    'a program that is not Lifeline',
    { body: { hello: 'world' } },
    /^What answers on port \d+ is not Lifeline\. Nothing was published\.$/,
  ],
  [
    'a HOST that serve does not lead to',
    { host: '100.64.0.7' },
    /^HOST is 100\.64\.0\.7, but tailscale serve leads to 127\.0\.0\.1\./,
  ],
])('%s is refused in words, and nothing is run', async (_, world, words) => {
  const port = await answering('body' in world ? world.body : HEALTH);
  const to = `http://127.0.0.1:${port}`;
  const { serve, ...rest } = { serve: undefined, ...world };
  const before = serve === undefined ? {} : serve === 'public' ? served(to, true) : served(serve);
  const { ended, asked } = await run([], { ...rest, port, serve: before });
  expect(ended).toMatch(words);
  expect(asked).toBe('');
});

test.each([
  [
    'a user who may not',
    failing("Access denied: serve config denied\n\nUse 'sudo tailscale serve'."),
    /--operator=\$USER$/,
  ],
  [
    'a failure that nobody foresaw',
    failing('error: unexpected'),
    /^tailscale serve --bg \d+ ended with 1; what it said is above\.$/,
  ],
  ['a command that changes nothing', 'exit 0', /^Tailscale took the command, but Lifeline is not published\.$/],
])('%s is told', async (_, onServe, words) => {
  const { ended } = await run([], { port: await answering(HEALTH), onServe });
  expect(ended).toMatch(words);
});

test('what answers at the https address has to be Lifeline', async () => {
  const { ended } = await run([], { port: await answering(HEALTH), atUrl: 'other' });
  expect(ended).toBe(`Something else answers at https://${HOST}.`);
});

test('--off takes Lifeline away and nothing else', async () => {
  const port = await answering(HEALTH);
  const here = served(`http://127.0.0.1:${port}`);
  const both = {
    TCP: { ...here.TCP, 8443: { HTTPS: true } },
    Web: { ...here.Web, [`${HOST}:8443`]: { Handlers: { '/': { Proxy: 'http://127.0.0.1:1' } } } },
  };
  const { said, ended, asked } = await run(['--off'], { port, serve: both });
  expect([ended, asked]).toEqual([null, 'serve --https=443 --set-path=/ off']);
  expect(said).toContain('no longer published');
  expect(await run(['--off'], { port, serve: null })).toMatchObject({ said: 'Lifeline is not published.', asked: '' });
  expect(await run(['--off'], { port, serve: { Foreground: { one: here } } })).toMatchObject({
    ended: 'A command in a terminal publishes it: end it there with Ctrl-C.',
    asked: '',
  });
});

test('an option it does not know is answered with those it does', async () => {
  const { ended } = await run(['--public'], { port: 1 });
  expect(ended).toMatch(/--public[\s\S]*npm run tailnet -- --off/);
});
