/**
 * The build that this page, or this server, is of: `LIFELINE_BUILD_ID`, written in its place by the build (`next.config.js`).
 * The same sources have the same one.
 */
export const BUILD: string = process.env['LIFELINE_BUILD_ID'] ?? 'development';
