const holds = new Set<symbol>();

/** Something is under way that a reload of the page would interrupt, such as a card. Returns how to say that it is over. */
export function occupy(): () => void {
  const hold = Symbol('hold');
  holds.add(hold);
  return () => void holds.delete(hold);
}

/** Whether the person is in the middle of something: what was said to be, a sheet, or a field that is typed in. */
export const isOccupied = (): boolean =>
  holds.size > 0 || document.querySelector('dialog[open], input:focus, textarea:focus') !== null;
