import { PHONE_OUTCOMES, type PhoneOutcome } from '#lib/domain/phone-sample.ts';

/** Stored by its place. One of a newer Lifeline is a failure of a kind that is not known here. */
export const outcomeAt = (place: number): PhoneOutcome => PHONE_OUTCOMES[place] ?? 'unreachable';
