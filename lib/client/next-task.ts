/** Lets a tap, and what is painted, in between. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
