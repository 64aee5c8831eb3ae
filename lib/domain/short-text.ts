/** Words from outside as they are kept and shown: at most 200 characters, no half of a character at the cut. */
export const shortText = (text: string): string => text.slice(0, 200).toWellFormed();
