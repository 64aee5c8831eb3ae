import { Resolver } from 'node:dns/promises';
import type { MagicDns } from '#lib/domain/host-facts.ts';
import { SECOND } from '#lib/domain/time.ts';
import type { Told } from '#lib/domain/told.ts';

/** Where the tailscale daemon of every machine answers for the names of its tailnet. */
const MAGIC_DNS = '100.100.100.100';

/** c-ares' words, which tell apart what getaddrinfo merges. Source: network reference §3.5. */
const NOT_FOUND = 'ENOTFOUND';
const NO_DATA = 'ENODATA';
const SILENT: readonly string[] = ['ETIMEOUT', 'ECONNREFUSED'];

/**
 * What MagicDNS itself says of a name, IPv4 addresses first, whatever this machine's own resolver says. One question per
 * family, each asked once; a second of silence, or a closed port, is `silent`. Anything else is unreadable. Never rejects.
 */
export async function magicDns(name: string, server: string = MAGIC_DNS): Promise<Told<MagicDns>> {
  const resolver = new Resolver({ timeout: SECOND, tries: 1 });
  resolver.setServers([server]);
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (addresses.length > 0) return { told: { addresses } };
  return fromCodes(answers.map((answer) => (answer.status === 'rejected' ? codeOf(answer.reason) : NO_DATA)));
}

/** That there is no such name holds for every family; that there is no address of one family does not. */
function fromCodes(codes: readonly string[]): Told<MagicDns> {
  if (codes.includes(NOT_FOUND) || codes.every((code) => code === NO_DATA)) return { told: { failed: 'not-found' } };
  if (codes.some((code) => SILENT.includes(code))) return { told: { failed: 'silent' } };
  const odd = codes.find((code) => code !== NO_DATA);
  return { why: 'unreadable', detail: `MagicDNS gave no usable answer (${odd})` };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'an unknown error';
