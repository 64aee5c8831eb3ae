/**
 * The build that this page, or this server, is of: `LIFELINE_BUILD_ID`, written in its place by the build (`next.config.js`).
 * The same sources have the same one.
 */
export const BUILD: string = process.env['LIFELINE_BUILD_ID'] ?? 'development';

/** An answer of the API says in it which build answers. */
export const BUILD_HEADER = 'x-lifeline-build';

const RSC_CACHE = 'rsc-';
/** The worker's cache of what Next asked for ahead, for pages of one build. */
export const rscCacheOf = (build: string): string => `${RSC_CACHE}${build}`;
export const isRscCache = (name: string): boolean => name.startsWith(RSC_CACHE);
