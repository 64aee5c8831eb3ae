import type { DecksView } from '#lib/contract/review.ts';
import { type DurationMs, SECOND } from '#lib/domain/time.ts';
import { failure, json } from './respond.ts';
import type { Services } from './services.ts';
import { within } from './within.ts';

const PATIENCE_MS: DurationMs = 3.5 * SECOND;

/** Every deck with what is left in it today, none where no way to Anki names them; 503 with the reason where none answers. */
export async function readDecks({ review }: Services): Promise<Response> {
  const chosen = await within(PATIENCE_MS, review.decks(), null);
  if (chosen === null) return failure(503, 'silent', 'Anki does not answer in time.');
  const [tried] = chosen.troubles;
  if (chosen.value === null && tried !== undefined) return failure(503, tried.trouble.code, tried.trouble.message);
  const view: DecksView = { decks: [...(chosen.value ?? [])] };
  return json(view);
}
