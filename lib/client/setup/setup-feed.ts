import { type KeptFeed, useFeed } from '#lib/client/feed.ts';
import { type Setup, setupSchema } from '#lib/contract/setup.ts';
import { SECOND } from '#lib/domain/time.ts';

/** So a step turns green within seconds of what was done for it. */
export const SETUP_EVERY_MS = 5 * SECOND;

const SETUP = {
  url: '/api/setup',
  schema: setupSchema,
  everyMs: SETUP_EVERY_MS,
  // The link may let a device in: it is not for keeps.
  forKeeping: (setup: Setup): Setup => ({ ...setup, link: setup.serve.url }),
};

/** The setup as the Mac sees it, asked for every 5 s while it is seen; what it said last until the first answer. */
export const useSetup = (): KeptFeed<Setup> => useFeed(SETUP);
