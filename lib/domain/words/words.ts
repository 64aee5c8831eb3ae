/** A headline that names the cause, and the sentence or two that explain it. */
export type Words = { readonly headline: string; readonly explanation: string };
