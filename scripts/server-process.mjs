import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
// As a whole: a named import of parseEnv would keep Node 20.0 from loading this far enough to install Node 26.
import * as util from 'node:util';
import { node26 } from './install.mjs';
import { ROOT, SetupError, STANDALONE } from './project.mjs';

/** A small young generation and one helper thread keep the resident memory low (136 → 110 MB); the app makes little garbage, so it costs no measurable time. */
const FLAGS = ['--max-semi-space-size=2', '--v8-pool-size=1'];

/**
 * The environment as the owner configured it.
 *
 * @param {NodeJS.ProcessEnv} env wins over the file
 * @param {string} file an env file; it need not exist
 * @returns {NodeJS.ProcessEnv}
 */
export function withEnvFile(env, file) {
  return existsSync(file) ? { ...util.parseEnv(readFileSync(file, 'utf8')), ...env } : { ...env };
}

/**
 * Where the server is to listen. Throws a SetupError that names what is wrong with PORT.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ port: number, host: string }}
 */
export function addressOf(env) {
  const given = env['PORT'] || '3000';
  const port = Number(given);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new SetupError(`PORT is "${given}"; expected a whole number from 1 to 65535.`);
  }
  return { port, host: env['HOST'] || '127.0.0.1' };
}

/**
 * How to run the built server.
 *
 * @param {NodeJS.ProcessEnv} env as configured
 * @returns {{ file: string, args: string[], env: NodeJS.ProcessEnv }}
 */
export function serverCommand(env) {
  const { port, host } = addressOf(env);
  const serverEnv = {
    ...env,
    NODE_ENV: /** @type {const} */ ('production'),
    PORT: String(port),
    HOST: host,
    HOSTNAME: host,
    LIFELINE_DATA_DIR: resolve(ROOT, env['LIFELINE_DATA_DIR'] || 'data'),
    NEXT_MANUAL_SIG_HANDLE: 'true',
    NEXT_TELEMETRY_DISABLED: '1',
  };
  return { file: node26(ROOT), args: [...FLAGS, join(STANDALONE, 'server.js')], env: serverEnv };
}

/**
 * Throws a SetupError when nothing can listen at the address, in words that say what to do.
 *
 * @param {{ port: number, host: string }} address
 * @returns {Promise<void>}
 */
export function checkAddressIsFree({ port, host }) {
  return new Promise((pass, fail) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      fail(new SetupError(whyNot(error.code ?? error.message, { port, host })));
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => pass()));
  });
}

/** @param {string} code @param {{ port: number, host: string }} address */
function whyNot(code, { port, host }) {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken. If Lifeline is running already, look at http://${host}:${port}; else take another port: PORT=${port + 1} npm start`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST is "${host}", which is no address of this machine. Leave it out to listen on 127.0.0.1.`;
    case 'EACCES':
      return `This user may not listen on port ${port}. Take one above 1023: PORT=3000 npm start`;
    default:
      return `Nothing can listen on ${host} port ${port}: ${code}`;
  }
}
