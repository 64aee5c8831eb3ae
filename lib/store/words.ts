import * as z from 'zod/mini';
import type { ProbeResult } from '#lib/domain/probe.ts';
import { DAY, type EpochMs } from '#lib/domain/time.ts';
import type { Db } from './schema.ts';

const healthSchema = z.object({
  server: z.string(),
  ankiAddon: z.string(),
  ankiConnect: z.string(),
  ankiRunning: z.string(),
});

/** What is the same for most probes; keys that are absent were absent in the probe. */
export const wordsSchema = z.object({
  url: z.string(),
  targetAddress: z.exactOptional(z.string()),
  address: z.exactOptional(z.string()),
  addresses: z.exactOptional(z.array(z.string())),
  health: z.exactOptional(healthSchema),
  code: z.exactOptional(z.string()),
  detail: z.exactOptional(z.string()),
  local: z.exactOptional(z.boolean()),
});
export type Words = z.infer<typeof wordsSchema>;

/** More different words than this come from a server that says something new each time: theirs are kept shortened. */
const MOST_WORDS = 2_000;
const SHORT = /^(ok|unknown|not_running|error_\d{3})$/;

/** Keeps every different text once. A text that no probe has used for as long as probes are kept can be forgotten. */
export class Dictionary {
  readonly #known = new Map<string, { readonly id: number; readonly usedAt: EpochMs }>();

  /** The id of a probe's words, kept now if they are new. */
  async idOf(db: Db, result: ProbeResult): Promise<number> {
    const words = wordsOf(result);
    const body = JSON.stringify(words);
    const usedAt = result.startedAt;
    const known = this.#known.get(body);
    if (known && usedAt - known.usedAt < DAY) return known.id;
    const id = (await this.#touch(db, body, usedAt)) ?? (await this.#add(db, words, usedAt));
    this.#known.set(body, { id, usedAt });
    return id;
  }

  /** To be called when what was kept may be gone: after a failed transaction, and after forgetting. */
  distrust(): void {
    this.#known.clear();
  }

  async #touch(db: Db, body: string, usedAt: EpochMs): Promise<number | undefined> {
    const kept = await db
      .updateTable('words')
      .set({ used_at: usedAt })
      .where('body', '=', body)
      .returning('id')
      .execute();
    return kept[0]?.id;
  }

  async #add(db: Db, words: Words, usedAt: EpochMs): Promise<number> {
    const { count } = await db
      .selectFrom('words')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    const short = count >= MOST_WORDS;
    if (short) this.distrust();
    const body = JSON.stringify(short ? shortened(words) : words);
    const { id } = await db
      .insertInto('words')
      .values({ body, used_at: usedAt })
      .onConflict((conflict) => conflict.column('body').doUpdateSet({ used_at: usedAt }))
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }
}

function wordsOf(result: ProbeResult): Words {
  const { target, address, addresses } = result;
  return {
    url: target.url,
    ...(target.address === undefined ? {} : { targetAddress: target.address }),
    ...(address === undefined ? {} : { address }),
    ...(addresses === undefined ? {} : { addresses: [...addresses] }),
    ...(result.outcome === 'answered' ? { health: result.health } : {}),
    ...(result.outcome === 'failed' && result.code !== undefined ? { code: result.code } : {}),
    ...(result.outcome === 'failed' && result.detail !== undefined ? { detail: result.detail } : {}),
    ...(result.outcome === 'failed' && result.local !== undefined ? { local: result.local } : {}),
  };
}

function shortened({ addresses: _, detail: __, health, ...words }: Words): Words {
  if (health === undefined) return words;
  const short = (part: string) => (SHORT.test(part) ? part : 'error: not kept');
  const { server, ankiAddon, ankiConnect, ankiRunning } = health;
  return {
    ...words,
    health: {
      server: short(server),
      ankiAddon: short(ankiAddon),
      ankiConnect: short(ankiConnect),
      ankiRunning: short(ankiRunning),
    },
  };
}
