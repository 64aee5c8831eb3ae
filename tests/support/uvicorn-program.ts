// Run as a program named `uvicorn`: the review server as its owner starts it, `app.main:app --host 0.0.0.0 --port 8000`, with
// Anki at its usual ports. Lines that it reads: a manner and its options as JSON, or `block`: it does nothing from then on.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { MANNERS, type ScriptedReviewServer, scriptedReviewServer } from './scripted-review-server.ts';

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '8000' },
    manner: { type: 'string', default: 'ok' },
    'imports-for': { type: 'string', default: '0' },
    /** Raises at import, as with a package that is missing. */
    broken: { type: 'boolean', default: false },
    /** Waits for the port until nobody else has it. */
    waits: { type: 'boolean', default: false },
    reload: { type: 'boolean', default: false },
    fd: { type: 'string' },
  },
});
const tell = (line: object): void => console.log(JSON.stringify({ pid: process.pid, ...line }));
const doNothing = (): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);

if (values.broken) {
  console.error('Traceback (most recent call last):\n  File "/srv/app/main.py", line 3, in <module>\n    import httpx');
  console.error("ModuleNotFoundError: No module named 'httpx'");
  process.exit(1);
}
if (values.reload) await superviseOne();
else if (values.fd !== undefined) serveAt(Number(values.fd));
else await serve();

async function serve(): Promise<void> {
  await pause(Number(values['imports-for']));
  if (values.waits) tell({ waits: true });
  const server = await begun();
  const be = (manner: string, options?: object): void =>
    server.be(MANNERS.find((each) => each === manner) ?? 'ok', options);
  be(values.manner);
  tell({});
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'block') doNothing();
    const { manner, ...options } = JSON.parse(line);
    be(manner, options);
    tell({ manner });
  }
}

async function begun(): Promise<ScriptedReviewServer> {
  const options = {
    host: values.host,
    port: Number(values.port),
    parts: { ankiConnectUrl: 'http://127.0.0.1:8765', bridgeUrl: 'http://127.0.0.1:8770' },
  };
  for (;;) {
    try {
      return await scriptedReviewServer(options);
    } catch (error) {
      if (!values.waits) throw error;
      await pause(10);
    }
  }
}

/** Holds the port for one worker, and goes on holding it when that has died, as `uvicorn --reload` does. */
async function superviseOne(): Promise<void> {
  const holder = createServer().listen({ port: Number(values.port), host: values.host });
  await once(holder, 'listening');
  // The handle behind a server has no public name.
  const { fd } = (holder as unknown as { readonly _handle: { readonly fd: number } })._handle;
  const program = [process.argv[1] ?? '', '--fd', '3', '--', 'spawn_main(tracker_fd=5, pipe_handle=7)'];
  spawnSync(process.execPath, program, { stdio: ['ignore', 'inherit', 'inherit', fd] });
  doNothing();
}

function serveAt(fd: number): void {
  const health = JSON.stringify({ server: 'ok', anki_addon: 'ok', ankiconnect: 'ok', anki_running: 'ok' });
  const card = JSON.stringify({ status: 'ok', cardId: 1, front_html: 'Front', back_html: 'Back' });
  createHttpServer(({ url }, response) =>
    response
      .writeHead(200, { 'content-type': 'application/json', server: 'uvicorn' })
      .end(url === '/current' ? card : health),
  ).listen({ fd }, () => tell({ parent: process.ppid }));
}
