/** Below it are a token and the percent-encoded name of a file. */
export const MEDIA_URL = '/api/review/media/';

/** Whether this is the path of a card's file. */
export const isMediaPath = (path: string): boolean => /^\/api\/review\/media\/[^/]+\/[^/]+$/.test(path);

/** A path as it may stand in a log: what comes after the media path opens every file for a day. */
export const loggedPath = (path: string): string => (isMediaPath(path) ? `${MEDIA_URL}…` : path);
