import * as z from 'zod/mini';
import { EXPORT_FORMATS, type ExportFormat, exportHistory } from '#lib/server/export.ts';
import { parameter, route } from '#lib/server/respond.ts';
import { services } from '#lib/server/services.ts';
import { windowOf } from '#lib/server/window-parameter.ts';

export const dynamic = 'force-dynamic';

const otherwise: ExportFormat = 'csv';
const format = { schema: z.enum(EXPORT_FORMATS), otherwise, expected: EXPORT_FORMATS.join(' or ') };

/** The kept probes of a window as a streamed download. */
export const GET = route((query) =>
  exportHistory(services(), { format: parameter(query, 'format', format), window: windowOf(query) }),
);
