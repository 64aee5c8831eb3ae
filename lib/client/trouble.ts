import type { EpochMs } from '#lib/domain/time.ts';
import { clockText } from './clock-text.ts';
import type { Trouble } from './feed.ts';
import { type Freshness, type Glance, glanceOf, type Picture, serverNow } from './glance.ts';
import type { FailureKind } from './request.ts';

/** The glance's lines when the page could not ask: what is the matter, and how old what is shown is. */
export type Told = Pick<Glance, 'word' | 'headline' | 'since' | 'checked'>;

const HEADLINES: Readonly<Record<FailureKind, string>> = {
  unreachable: 'Mac unreachable',
  'not-running': 'Lifeline is not running on the Mac',
  unpaired: 'This phone is not paired with the Mac yet',
  refused: 'Lifeline answers with an error',
  unreadable: 'This page is out of date',
};

/** "Mac unreachable since 14:02" */
export const matterText = ({ failure, since }: Trouble, now: EpochMs): string =>
  failure.kind === 'unpaired' ? HEADLINES.unpaired : `${HEADLINES[failure.kind]} since ${clockText(since, now)}`;

/** "Mac unreachable since 14:02" over "Showing 13:58". Without a picture there is nothing to show, and it says so. */
export function tellTrouble(trouble: Trouble, picture: Picture | null, now: EpochMs): Told {
  const matter = matterText(trouble, now);
  if (trouble.failure.kind === 'unpaired') {
    return { word: 'Not paired', headline: `${matter}.`, since: 'Lifeline there asks for its token.', checked: '' };
  }
  if (picture === null) {
    return {
      word: 'Unknown',
      headline: `${matter}.`,
      since: 'Nothing is kept on this phone yet.',
      checked: 'Asking again every 5 s.',
    };
  }
  const glance = glanceOf(picture, now);
  const shown = clockText(picture.status.checkedAt ?? picture.status.servedAt, serverNow(picture, now));
  return {
    word: glance.word,
    headline: `${matter}, showing ${shown}.`,
    since: glance.since,
    checked: glance.checked.replace('Checked', 'Last checked'),
  };
}

type Seen = { readonly picture: Picture | null; readonly trouble: Trouble | null };

/** How far what is on screen can be trusted. One lost request is no news while the picture is fresh. */
export function freshnessOf({ picture, trouble }: Seen, now: EpochMs): Freshness | 'unknown' {
  if (picture === null) return trouble === null ? 'unknown' : 'unreachable';
  const { freshness } = glanceOf(picture, now);
  return trouble === null || freshness === 'live' ? freshness : 'unreachable';
}
