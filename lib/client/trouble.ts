import { clockText } from './clock-text.ts';
import { type Freshness, type Glance, glanceOf, type Picture, serverNow } from './glance.ts';
import type { FailureKind } from './request.ts';
import type { StatusFeed } from './status-feed.ts';

type Trouble = NonNullable<StatusFeed['trouble']>;

/** The glance's lines when the page could not ask: what is the matter, and how old what is shown is. */
export type Told = Pick<Glance, 'word' | 'headline' | 'since' | 'checked'>;

const HEADLINES: Readonly<Record<FailureKind, string>> = {
  unreachable: 'Mac unreachable',
  'not-running': 'Lifeline is not running on the Mac',
  refused: 'Lifeline answers with an error',
  unreadable: 'This page is out of date',
};

/** "Mac unreachable since 14:02" over "Showing 13:58". Without a picture there is nothing to show, and it says so. */
export function tellTrouble({ failure, since }: Trouble, picture: Picture | null, now: number): Told {
  const matter = `${HEADLINES[failure.kind]} since ${clockText(since, now)}`;
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

/** How far what is on screen can be trusted. One lost request is no news while the picture is fresh. */
export function freshnessOf({ picture, trouble }: StatusFeed, now: number): Freshness | 'unknown' {
  if (picture === null) return trouble === null ? 'unknown' : 'unreachable';
  const { freshness } = glanceOf(picture, now);
  return trouble === null || freshness === 'live' ? freshness : 'unreachable';
}
