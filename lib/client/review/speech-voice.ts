import type { SpokenPart } from './speech-text.ts';

/** Names by which browsers call a language that cards call otherwise. */
const ALIASES: Readonly<Record<string, string>> = { no: 'nb', nn: 'nb', yue: 'zh', cmn: 'zh', tl: 'fil' };

function primaryOf(lang: string): string {
  const primary = lang.toLowerCase().split(/[-_]/)[0] ?? '';
  return ALIASES[primary] ?? primary;
}

/**
 * The first language of `parts` that none of the voices speaks; null when all can be read. A browser that names no voices yet may
 * have some, so nothing is missing there.
 */
export function missingVoice(
  parts: readonly SpokenPart[],
  voices: readonly Pick<SpeechSynthesisVoice, 'lang'>[],
): string | null {
  if (voices.length === 0) return null;
  const spoken = new Set(voices.map(({ lang }) => primaryOf(lang)));
  return parts.find(({ lang }) => !spoken.has(primaryOf(lang)))?.lang ?? null;
}

/** "Spanish (Spain)" for `es-ES`; the tag itself for a language without a name. */
export function languageName(lang: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(lang) ?? lang;
  } catch {
    return lang;
  }
}
