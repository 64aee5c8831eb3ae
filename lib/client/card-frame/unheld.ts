/** What talks to other machines past every policy. No card needs it. */
const UNHELD = ['RTCPeerConnection', 'webkitRTCPeerConnection'];
/** Each has a window of its own, in which everything is there again. The policy lets none of them load anything. */
const FRAMES = 'iframe, frame, object, embed, fencedframe';

/** Takes from a card's scripts what the policy of the frame does not hold. To be called before any of them runs. */
export function takeConnectionsAway(): void {
  for (const name of UNHELD) Reflect.deleteProperty(window, name);
  new MutationObserver(() => removeFrames(document)).observe(document, { childList: true, subtree: true });
}

/** Removes every frame under `root`. */
export function removeFrames(root: ParentNode): void {
  for (const frame of root.querySelectorAll(FRAMES)) frame.remove();
}
