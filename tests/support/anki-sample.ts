import type { Collection } from './anki-collection.ts';
import type { Clock } from './anki-model.ts';
import { plainCollection } from './anki-samples.ts';

/** A collection as somebody might have it. */
export const sampleCollection = (now: Clock = Date.now): Collection => plainCollection({ cards: 40, now });
