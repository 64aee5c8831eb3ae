import type { AppCode } from '#lib/domain/facts.ts';

/** What a person reads off the phone app: Apple's English sentence for a code, under one of the app's own two captions. */
export type AppSign = { readonly code: AppCode; readonly text: string };

/**
 * Under each caption of the app, the codes that it stands for, the commonest first. Source: network reference §1.2, §1.5
 * ("App shows") and §1.7. The second sentence of −1202 names the host and is left out.
 */
export const APP_SIGNS: readonly { readonly caption: string; readonly signs: readonly AppSign[] }[] = [
  { caption: 'Server timeout', signs: [{ code: -1001, text: 'The request timed out.' }] },
  {
    caption: 'Server unreachable',
    signs: [
      { code: -1004, text: 'Could not connect to the server.' },
      { code: -1003, text: 'A server with the specified hostname could not be found.' },
      { code: -1005, text: 'The network connection was lost.' },
      { code: -1009, text: 'The Internet connection appears to be offline.' },
      {
        code: -1022,
        text: 'The resource could not be loaded because the App Transport Security policy requires the use of a secure connection.',
      },
      { code: -1200, text: 'An SSL error has occurred and a secure connection to the server cannot be made.' },
      { code: -1202, text: 'The certificate for this server is invalid.' },
    ],
  },
];

/** A negative code with a real minus sign, so that it is read and wrapped as one number. */
export const codeText = (code: number): string => String(code).replace('-', '\u2212');
