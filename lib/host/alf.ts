import type { Firewall } from '#lib/domain/host-facts.ts';
import { shortText } from '#lib/domain/short-text.ts';
import type { Told } from '#lib/domain/told.ts';
import { runCommand } from './run-command.ts';
import { whyNot } from './why-not.ts';

const PLACE = '/usr/libexec/ApplicationFirewall/socketfilterfw';

/** What `socketfilterfw` printed for each question; null where it did not answer. */
export type AlfAnswers = {
  readonly global: string;
  readonly blockAll: string | null;
  readonly stealth: string | null;
  /** About one program; null too where there was none to ask about. */
  readonly app: string | null;
  /** Whether signed software is let in without being listed: a line for what came with the Mac, one for downloads. */
  readonly signed: string | null;
};

/**
 * What the Mac's application firewall does with a new connection to a program, given by its real path; null where that is
 * not known. Never rejects. Reading needs no root.
 */
export async function askAlf(program: string | null, place = PLACE): Promise<Told<Firewall>> {
  const ask = (...args: readonly string[]) => runCommand(place, args);
  const saidBy = async (...args: readonly string[]) => {
    const result = await ask(...args);
    return result.outcome === 'ok' ? result.stdout : null;
  };
  const global = await ask('--getglobalstate');
  if (global.outcome !== 'ok') return whyNot('socketfilterfw', global);
  const [blockAll, stealth, app, signed] = await Promise.all([
    saidBy('--getblockall'),
    saidBy('--getstealthmode'),
    program?.startsWith('/') ? saidBy('--getappblocked', program) : null,
    saidBy('--getallowsigned'),
  ]);
  return readAlf({ global: global.stdout, blockAll, stealth, app, signed });
}

/** The firewall from its answers, in every wording of the network reference §2.9; unreadable in any other. */
export function readAlf(said: AlfAnswers): Told<Firewall> {
  const [line, state] = /^.*\(State = ([012])\).*$/m.exec(said.global) ?? [];
  const blocksAll = isOn(said.blockAll);
  const stealth = isOn(said.stealth);
  if (line === undefined) return unreadable(said.global);
  const tell = (verdict: Firewall['verdict'], why: string): Told<Firewall> => ({
    // Stealth is a mode of the firewall: switched off it hides nothing.
    told: { tool: 'alf', verdict, why: shortText(why.trim()), isStealthy: state !== '0' && stealth === true },
  });
  if (state === '0') return tell('allows', line);
  if (state === '2') return tell('drops', line);
  if (blocksAll === true) return tell('drops', said.blockAll ?? line);
  if (blocksAll === null) return unreadable(said.blockAll);
  if (stealth === null) return unreadable(said.stealth);
  const { verdict, why } = ofApp(said);
  return tell(verdict, why ?? line);
}

/** `Block all DISABLED!`, `… set to enabled.`, `Stealth mode enabled`, `Firewall stealth mode is on`. */
function isOn(text: string | null): boolean | null {
  const [word] = /\b(?:enabled|disabled|on|off)\b/i.exec(text ?? '') ?? [];
  return word === undefined ? null : /^(?:enabled|on)$/i.test(word);
}

const isUnlisted = (app: string | null): boolean => /\bnot part of the firewall/i.test(app ?? '');

/** Whether both sorts of signed software must be listed: else the Mac lists a program by itself whose signature is valid. */
function isSignedRefused(signed: string | null): boolean {
  const sorts = (signed ?? '').split('\n').map(isOn);
  return sorts.filter((isAllowed) => isAllowed === false).length >= 2 && !sorts.includes(true);
}

/** The line that lets some signed software in. */
const allowedBy = (signed: string | null): string | null =>
  signed?.split('\n').find((line) => isOn(line) === true) ?? null;

type OfApp = { readonly verdict: Firewall['verdict']; readonly why: string | null };

/**
 * What becomes of one program. One that is not listed, and may not list itself by its signature, is not let in: the Mac asks
 * its owner, and until then refuses. `why` is null where nothing was said that decides.
 */
function ofApp({ app, signed }: AlfAnswers): OfApp {
  if (isUnlisted(app)) {
    return isSignedRefused(signed) ? { verdict: 'drops', why: app } : { verdict: 'by-program', why: allowedBy(signed) };
  }
  if (/\bis (?:permitted|not blocked)\b/i.test(app ?? '')) return { verdict: 'allows', why: app };
  return /\bis blocked\b/i.test(app ?? '') ? { verdict: 'drops', why: app } : { verdict: 'by-program', why: null };
}

const unreadable = (text: string | null): Told<Firewall> => ({
  why: 'unreadable',
  detail: shortText(`socketfilterfw said ${(text ?? '').trim() || 'nothing'}`),
});
