/** Why something could not be seen. None of these proves anything about what was asked. */
export const WHYS = [
  'not-installed', // there is no such tool here
  'not-permitted', // the system refused us
  'not-running', // the tool's own daemon did not answer it
  'silent', // no answer in time
  'unreadable', // an answer that is not as documented
  'not-here', // this system has no such thing
] as const;
export type Why = (typeof WHYS)[number];

export type Unknown = { readonly why: Why; readonly detail: string };

/** What a tool of this machine told, or why it did not. */
export type Told<T> = { readonly told: T } | Unknown;
