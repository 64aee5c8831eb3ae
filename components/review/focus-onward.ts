const NEXT_PRESS = '[data-show], [data-ease="3"], [data-look] button';

/** Whether the focus is nowhere, as it is when what had it has gone. */
export function isFocusLost(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body;
}

/** Moves the focus to what is pressed next: what shows the answer, the usual answer once it is shown, or another look. */
export function focusOnward(place: ParentNode): void {
  for (const press of place.querySelectorAll<HTMLElement>(NEXT_PRESS)) {
    press.focus({ preventScroll: true });
    // What is not to be seen now does not take it.
    if (document.activeElement === press) return;
  }
}
