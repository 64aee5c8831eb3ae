import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import { ROOT } from './project.mjs';

/** @typedef {{ env?: NodeJS.ProcessEnv, quiet?: boolean, gently?: boolean, cwd?: string }} RunOptions */

const BIN = join(ROOT, 'node_modules', '.bin');

/** @param {NodeJS.ProcessEnv} env @returns {NodeJS.ProcessEnv} the installed tools, Node 26 among them, come first in PATH */
export function withTools(env) {
  return { ...env, PATH: [BIN, ...pathOf(env)].join(delimiter) };
}

/** @param {NodeJS.ProcessEnv} env @returns {NodeJS.ProcessEnv} as it was before npm put the installed tools into PATH */
export function withoutTools(env) {
  return { ...env, PATH: pathOf(env).join(delimiter) };
}

/** @param {NodeJS.ProcessEnv} env */
function pathOf(env) {
  const path = env['PATH'] ?? '';
  return path.split(delimiter).filter((folder) => folder !== BIN);
}

/**
 * Runs a program in the project's folder to its end, with its output on ours, or kept back when `quiet`. SIGINT and
 * SIGTERM that reach us reach it, and we outlive it. `gently`: it works only while nothing else wants the processor.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<{ code: number, output: string }>} its exit code (128 + number of the signal that ended it) and,
 *   when quiet, what it said. Rejects when it cannot be started.
 */
export function run(command, args, { env = process.env, quiet = false, gently = false, cwd = ROOT } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['inherit', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    if (gently && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const stopForwarding = forwardSignals(child);
    let output = '';
    const keep = (/** @type {Buffer} */ text) => {
      output += text;
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => {
      stopForwarding();
      reject(error);
    });
    child.on('close', (code, signal) => {
      stopForwarding();
      resolve({ code: code ?? 128 + (signal ? constants.signals[signal] : 0), output });
    });
  });
}

/** @param {import('node:child_process').ChildProcess} child @returns {() => void} stops forwarding */
function forwardSignals(child) {
  const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  return () => {
    process.off('SIGINT', forward);
    process.off('SIGTERM', forward);
  };
}
