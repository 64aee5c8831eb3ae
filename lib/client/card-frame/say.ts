import type { FromFrame } from '#lib/contract/card-frame.ts';

/** The page this frame is in. An opaque document still has the address it came from. */
export const PAGE: { readonly window: Window; readonly origin: string } = {
  window: window.parent,
  origin: location.origin,
};

const { port1: ours, port2: theirs } = new MessageChannel();

/** Tells the page. A card's script can get hold neither of the port nor of this. */
export const say: (message: FromFrame) => void = ours.postMessage.bind(ours);

/** Tells the page that a card may come, and hands it the port on which it hears the rest. To be called once. */
export const sayReady = (): void => PAGE.window.postMessage(null, PAGE.origin, [theirs]);
