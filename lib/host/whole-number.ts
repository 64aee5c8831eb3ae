/** A number as a tool prints it; undefined where there is none, or one that no number of ours holds. */
export const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
