/**
 * What the review server's `/health` says of its four parts, word for word: `ok`, `unknown`, `not_running`,
 * `error_<status>` or `error: <text>` (an empty text is its own timeout). Each at most 200 characters.
 */
export type Health = {
  readonly server: string;
  readonly ankiAddon: string;
  readonly ankiConnect: string;
  readonly ankiRunning: string;
};

export const isOk = (part: string): boolean => part === 'ok';
