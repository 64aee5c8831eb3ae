import { readFile } from 'node:fs/promises';
import type { Firewall } from '#lib/domain/host-facts.ts';
import { shortText } from '#lib/domain/short-text.ts';
import type { Told } from '#lib/domain/told.ts';
import { parseRuleset } from './nft-ruleset.ts';
import { verdictOf } from './nft-verdict.ts';
import { runFirst } from './run-first.ts';
import { whyNot } from './why-not.ts';

const PLACES = ['nft', '/usr/sbin/nft', '/sbin/nft'];

/**
 * What this Linux does with a new TCP connection to the port from the tailnet. Needs root. Rules of the old iptables are
 * not among nft's, so where there are some only a refusal is told. Never rejects. Takes about 10 ms.
 */
export async function askNft(port: number, places: readonly string[] = PLACES): Promise<Told<Firewall>> {
  const result = await runFirst(places, ['--json', 'list', 'ruleset']);
  if (result.outcome !== 'ok') return whyNot('nft', result);
  const answer = readNft(result.stdout, port);
  if ('told' in answer && answer.told.verdict === 'allows') return withoutLegacy(answer);
  // Until 1.0.6 at least, its JSON does not tell that a table is switched off; its own language does.
  const plain = await runFirst(places, ['--terse', 'list', 'ruleset']);
  const dormant = plain.outcome === 'ok' ? dormantTables(plain.stdout) : [];
  return dormant.length === 0 ? answer : withoutLegacy(readNft(result.stdout, port, dormant));
}

async function withoutLegacy(answer: Told<Firewall>): Promise<Told<Firewall>> {
  if (!('told' in answer) || answer.told.verdict !== 'allows') return answer;
  const legacy = (await readFile('/proc/net/ip_tables_names', 'utf8').catch(() => '')).trim();
  if (legacy === '') return answer;
  const detail = `iptables-legacy has tables that nft does not show: ${legacy.replaceAll('\n', ', ')}`;
  return { why: 'unreadable', detail };
}

/** Family and name of each table with `flags dormant`, which stands alone on its line. */
export function dormantTables(text: string): readonly string[] {
  const tables = text.split(/^table /m).slice(1);
  return tables
    .filter((table) => /^\tflags .*\bdormant\b/m.test(table))
    .map((table) => table.slice(0, table.indexOf(' {')));
}

const VERDICTS = { accept: 'allows', drop: 'drops', reject: 'rejects' } as const;

/**
 * The verdict of a ruleset as `nft --json list ruleset` prints it, without these tables (`inet filter`); unreadable when it
 * hangs on what is not understood.
 */
export function readNft(text: string, port: number, dormant: readonly string[] = []): Told<Firewall> {
  const ruleset = parseRuleset(text, dormant);
  if (ruleset === undefined) return { why: 'unreadable', detail: 'nft printed no ruleset' };
  const { end, why } = verdictOf(ruleset, port);
  if (end === 'unclear') return { why: 'unreadable', detail: shortText(`it hangs on: ${why}`) };
  return { told: { tool: 'nft', verdict: VERDICTS[end], why, isStealthy: false } };
}
