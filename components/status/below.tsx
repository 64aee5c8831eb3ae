'use client';

import { Unreachable } from '#components/freshness/unreachable.tsx';
import { readKeptCount } from '#lib/client/review/due-kept.ts';
import type { StatusFeed } from '#lib/client/status-feed.ts';
import type { freshnessOf } from '#lib/client/trouble.ts';
import { Complaint } from './complaint.tsx';
import { Explanation } from './explanation.tsx';
import { PhoneNotice } from './phone-notice.tsx';
import { ReviewOffline } from './review-here.tsx';
import { ReviewDue } from './review-here-due.tsx';
import { Trends } from './trends.tsx';

type BelowProps = { readonly feed: StatusFeed; readonly freshness: ReturnType<typeof freshnessOf> };

type Part = 'nothing' | 'unpaired' | 'unreachable' | 'trouble' | 'calm';

/** Which part stands below the ladder. Each is another one, so it is replaced as a whole instead of pushed about. */
function partOf({ feed: { picture, trouble }, freshness }: BelowProps): Part {
  if (trouble?.failure.kind === 'unpaired') return 'unpaired';
  if (freshness === 'unreachable') return 'unreachable';
  if (picture === null) return trouble === null ? 'nothing' : 'unreachable';
  return picture.status.level === 'degraded' || picture.status.level === 'down' ? 'trouble' : 'calm';
}

const AllWell = () => (
  <>
    <ReviewDue />
    <Complaint surface label="My app shows an error" />
  </>
);

/** What can be done while the Mac does not answer, and why it may not. */
const Lost = ({ trouble }: Pick<StatusFeed, 'trouble'>) => (
  <>
    <ReviewOffline cards={readKeptCount()?.cards ?? 0} />
    {trouble === null ? null : <Unreachable failure={trouble.failure} />}
  </>
);

/** What explains the glance and says how it has been. */
export function Below(props: BelowProps) {
  const { picture, trouble, refresh } = props.feed;
  const part = partOf(props);
  if (part === 'unpaired' && trouble !== null) return <Unreachable failure={trouble.failure} />;
  return (
    <>
      {part === 'unreachable' ? <Lost trouble={trouble} /> : null}
      {part === 'unreachable' || picture === null ? null : (
        <Explanation key={`explanation ${part}`} picture={picture} isTrouble={part === 'trouble'} refresh={refresh} />
      )}
      {part === 'nothing' ? null : <Trends key={`trends ${part}`} />}
      {part === 'calm' ? <AllWell /> : null}
      {part === 'calm' || part === 'trouble' ? <PhoneNotice /> : null}
    </>
  );
}
