import type { FrameLeave } from '#lib/contract/card-frame.ts';
import { MEDIA_URL } from './media-path.ts';

/** What the query of the frame's address allows; see `cardFrameUrl`. */
export const frameLeaveOf = (query: URLSearchParams): FrameLeave => ({
  scripts: query.get('scripts') === '1',
  remoteImages: query.get('images') === '1',
});

type Frame = FrameLeave & {
  /** The origin that serves the frame, and whose pages show it. */
  readonly origin: string;
  /** `sha256-…` of the scripts of ours. */
  readonly scriptHashes: readonly string[];
};

/**
 * The policy of the card frame. It gets its opaque origin here and not by an attribute, so that the service worker can hand it
 * out; and since `'self'` is then nobody in WebKit, our origin is named. Source: review reference §4.3.
 */
export function framePolicy({ origin, scriptHashes, scripts, remoteImages }: Frame): string {
  // No browser reads an IPv6 address in a policy. Only the Mac itself asks by one, and `'self'` does for its Chromium.
  const [own, media] = origin.includes('[') ? ["'self'", "'self'"] : [origin, `${origin}${MEDIA_URL}`];
  // A hash would make a browser ignore 'unsafe-inline'.
  const allowed = scripts ? ["'unsafe-inline'", media] : scriptHashes.map((hash) => `'${hash}'`);
  return [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src ${allowed.join(' ') || "'none'"}`,
    `style-src 'unsafe-inline' ${media}`,
    `img-src ${media} data: blob:${remoteImages ? ' https: http:' : ''}`,
    `media-src ${media} blob:`,
    `font-src ${media} data: blob:`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${own}`,
  ].join('; ');
}
