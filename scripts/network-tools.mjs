import { installPackages } from './debian.mjs';
import { onPath } from './on-path.mjs';

/** What tests make networks, firewalls and machines of their own with, and the Debian package of each. */
const TOOLS = {
  ip: 'iproute2',
  nft: 'nftables',
  nsenter: 'util-linux',
  ps: 'procps',
  ss: 'iproute2',
  unshare: 'util-linux',
};

/** @param {NodeJS.ProcessEnv} env @returns {readonly string[]} which of the tools are not there */
export const missingNetworkTools = (env = process.env) =>
  Object.keys(TOOLS).filter((name) => onPath(name, env) === undefined);

/**
 * Installs the tools where they can be used, as root on Linux, and where that is one command. Never rejects for want of them:
 * without them the tests that need them are skipped, which is told.
 */
export async function ensureNetworkTools() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || missingNetworkTools().length === 0) return;
  await installPackages('network tools', [...new Set(Object.values(TOOLS))]);
  const missing = missingNetworkTools();
  if (missing.length > 0)
    console.log(`Without ${missing.join(', ')} the tests with networks of their own are skipped.`);
}
