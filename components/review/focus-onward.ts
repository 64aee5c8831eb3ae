const NEXT_PRESS = '[data-show], [data-ease="3"], [data-next], [data-look] button';

/** Whether the focus is nowhere, as it is when what had it has gone. */
export function isFocusLost(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body;
}

/** Moves the focus to what is pressed next: what shows the answer, the usual answer once it is shown, or another look. */
export function focusOnward(place: ParentNode): void {
  const presses = [...place.querySelectorAll<HTMLElement>(NEXT_PRESS)];
  presses.find((press) => getComputedStyle(press).visibility === 'visible')?.focus({ preventScroll: true });
}
