import { postGrades } from '#lib/server/post-grades.ts';
import { route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';

export const dynamic = 'force-dynamic';

/** Counts grades in Anki, each once. The proxy has seen that the request is same-origin JSON. */
export const POST = route((_, request) => postGrades(services(), request));
