import { readLedger } from '#lib/server/read-ledger.ts';
import { route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** What became of every grade, newest first. */
export const GET = route((query) => readLedger(services(), query));
