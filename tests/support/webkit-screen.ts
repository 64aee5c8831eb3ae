import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { WebKit } from '#scripts/webkit.mjs';
import { freePort, untilItAnswers } from './running-app.ts';

/** A screen of a phone's size that nobody sees, with WebKit's driver before it. */
export type WebKitScreen = {
  /** Where the driver answers. */
  readonly driver: string;
  /** Ends everything that was started on it, and removes its files. */
  readonly stop: () => Promise<void>;
};

const READY_MS = 30_000;
/** Pixels of an iPhone of 390 × 844 points. */
const PIXELS = '1170x2532x24';
const PIXELS_PER_POINT = 3;
/** For whom motion is too much: drawn in software, WebKitGTK 2.50 crashes at any view transition, that of an empty page too. */
const STILL = '[Settings]\ngtk-enable-animations=0\n';

/** Starts a screen, a message bus and the driver, each with a home of its own; `dark`: as the whole system's preference. */
export async function webKitScreen(webkit: WebKit, { dark = false } = {}): Promise<WebKitScreen> {
  const home = await mkdtemp(join(tmpdir(), 'webkit-'));
  const runtime = join(home, 'run');
  await mkdir(runtime, { mode: 0o700 });
  await mkdir(join(home, '.config', 'gtk-3.0'), { recursive: true });
  await writeFile(join(home, '.config', 'gtk-3.0', 'settings.ini'), STILL);
  const started: ChildProcess[] = [];
  const start = (file: string, args: readonly string[], env: NodeJS.ProcessEnv) => {
    // A group of its own, so that the browser which the driver starts can be ended with it.
    const child = spawn(file, args, { env, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    started.push(child);
    return child;
  };
  // Also when the tests are stopped before they end it.
  const killAll = () => started.toReversed().forEach(killGroup);
  process.once('exit', killAll);
  const stop = async () => {
    process.off('exit', killAll);
    for (const child of started.toReversed()) await endGroup(child);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const own = { ...process.env, HOME: home, XDG_RUNTIME_DIR: runtime, ...settings(dark) };
    const display = `:${await firstLine(start(webkit.screen, xvfb(), own))}`;
    const bus = start(webkit.bus, ['--session', '--nofork', '--print-address=1'], own);
    const env = { ...own, DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: await firstLine(bus) };
    const port = await freePort();
    const driver = `http://127.0.0.1:${port}`;
    const server = start(webkit.driver, [`--port=${port}`, '--host=127.0.0.1'], env);
    const deadline = performance.now() + READY_MS;
    const goOn = () => server.exitCode === null && performance.now() < deadline;
    if (!(await untilItAnswers(`${driver}/status`, goOn))) throw new Error('WebKitWebDriver did not start');
    return { driver, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Xvfb chooses the display itself and tells it: another may be in use. */
function xvfb(): readonly string[] {
  return ['-displayfd', '1', '-screen', '0', PIXELS, '-nolisten', 'tcp'];
}

function settings(dark: boolean): Readonly<Record<string, string>> {
  return {
    GDK_BACKEND: 'x11',
    GDK_SCALE: String(PIXELS_PER_POINT),
    ...(dark ? { GTK_THEME: 'Adwaita:dark' } : {}),
    LIBGL_ALWAYS_SOFTWARE: '1',
    NO_AT_BRIDGE: '1',
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    // As root it cannot have its sandbox.
    ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
  };
}

/** The first line that a program prints; rejects when it ends before or prints nothing in time. */
async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the program has no output');
  const lines = createInterface({ input: child.stdout });
  const failed = once(child, 'error').then(([error]) => Promise.reject(error));
  const ended = once(lines, 'close').then(() => Promise.reject(new Error(`${child.spawnfile} ended`)));
  for (const never of [failed, ended]) never.catch(() => undefined);
  const [line] = await Promise.race([once(lines, 'line', { signal: AbortSignal.timeout(READY_MS) }), failed, ended]);
  return String(line).trim();
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) throw error;
  }
}

async function endGroup(child: ChildProcess): Promise<void> {
  const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : null;
  killGroup(child);
  await ended;
}
