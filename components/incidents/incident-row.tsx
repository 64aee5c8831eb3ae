import Link from 'next/link';
import { LevelMark } from '#components/status/level-mark.tsx';
import { clockText } from '#lib/client/clock-text.ts';
import { durationText } from '#lib/client/duration-text.ts';
import { LEVEL_WORDS } from '#lib/client/words.ts';
import type { IncidentSummary } from '#lib/contract/history.ts';
import type { EpochMs } from '#lib/domain/time.ts';

/** One incident in a list; the way to its page. */
export function IncidentRow({ incident, now }: { readonly incident: IncidentSummary; readonly now: EpochMs }) {
  const { id, level, headline, startedAt, endedAt } = incident;
  const lasted = durationText((endedAt ?? now) - startedAt);
  return (
    <li className="border-t border-hair first:border-0">
      <Link
        href={`/incident?id=${encodeURIComponent(id)}`}
        prefetch={false}
        className="flex min-h-[60px] items-center gap-3 py-2"
      >
        <LevelMark level={level} className="text-[13px]" />
        <span className="min-w-0 flex-1">
          <span className="sr-only">{LEVEL_WORDS[level]}: </span>
          <span className="block truncate text-[15px] font-semibold">{headline}</span>
          <span className="block text-note text-dim">
            {clockText(startedAt, now)} · {endedAt === null ? `for ${lasted}, still going on` : lasted}
          </span>
        </span>
        <span aria-hidden="true" className="text-rest">
          ›
        </span>
      </Link>
    </li>
  );
}
