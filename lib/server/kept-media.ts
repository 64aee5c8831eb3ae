import { type DurationMs, MINUTE } from '#lib/domain/time.ts';
import type { FoundMedia, Media } from '#lib/review/media.ts';

type Kept = { readonly at: DurationMs; readonly found: Extract<FoundMedia, { found: 'bytes' }> };

/** A player asks for one file in several parts, and an owner may edit it. */
const KEPT_MS: DurationMs = 5 * MINUTE;
const MOST_BYTES = 33_554_432;

/**
 * Keeps what came through AnkiConnect for five minutes, 32 MB of it, the latest used: each file holds up Anki's window while
 * it is read. Who asks for one that is on its way waits for that. `mono` is a monotonic clock.
 */
export function keptMedia({ find }: Media, mono: () => DurationMs): Media['find'] {
  const kept = new Map<string, Kept>();
  const onTheWay = new Map<string, Promise<FoundMedia>>();

  const keep = (name: string, found: Kept['found']): void => {
    kept.delete(name);
    kept.set(name, { at: mono(), found });
    let total = 0;
    for (const [each, { found: held }] of [...kept].toReversed()) {
      total += held.bytes.length;
      if (total > MOST_BYTES) kept.delete(each);
    }
  };
  const ask = async (name: string): Promise<FoundMedia> => {
    const found = await find(name);
    onTheWay.delete(name);
    if (found.found === 'bytes') keep(name, found);
    return found;
  };
  return async (name) => {
    const before = kept.get(name);
    if (before !== undefined && mono() - before.at < KEPT_MS) {
      kept.delete(name);
      kept.set(name, before);
      return before.found;
    }
    const asked = onTheWay.get(name) ?? ask(name);
    onTheWay.set(name, asked);
    return asked;
  };
}
