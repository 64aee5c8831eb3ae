import type { FromFrame } from '#lib/contract/card-frame.ts';

/** The page this frame is in. An opaque document still has the address it came from. */
export const PAGE: { readonly window: Window; readonly origin: string } = {
  window: window.parent,
  origin: location.origin,
};

export function say(message: FromFrame): void {
  PAGE.window.postMessage(message, PAGE.origin);
}
