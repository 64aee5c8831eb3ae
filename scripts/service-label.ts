import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** What was done, in a sentence; `isWritten` when the file is another now. */
export type LabelChange = { readonly words: string; readonly isWritten: boolean };

/**
 * Makes the env file name the service to watch, unless it names another one already. Null when there was nothing
 * to do.
 */
export function addServiceLabel(file: string, label: string): LabelChange | null {
  const line = `SERVICE_LABEL=${label}`;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const given = parseEnv(text)['SERVICE_LABEL'];
  if (given === label) return null;
  if (given)
    return {
      words: `${file} says SERVICE_LABEL=${given}, and that stays. For Lifeline to watch this service, write there: ${line}`,
      isWritten: false,
    };
  // An empty one would come first, and the last one counts.
  writeFileSync(file, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`, { mode: 0o600 });
  return { words: `Added to ${file}: ${line}`, isWritten: true };
}

/** Takes that line out again, and no other. */
export function removeServiceLabel(file: string, label: string): LabelChange | null {
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const kept = lines.filter((line) => line.trim() !== `SERVICE_LABEL=${label}`);
  if (kept.length === lines.length) return null;
  writeFileSync(file, kept.join('\n'));
  return { words: `Removed from ${file}: SERVICE_LABEL=${label}`, isWritten: true };
}
