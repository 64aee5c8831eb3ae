import { readDecks } from '#lib/server/read-decks.ts';
import { route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** Every deck with what is left in it today; none where no way to Anki can name them. */
export const GET = route(() => readDecks(services()));
