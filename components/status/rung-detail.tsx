import { durationText } from '#lib/client/duration-text.ts';
import { type Picture, serverNow } from '#lib/client/glance.ts';
import { useNow } from '#lib/client/now.ts';
import { RUNG_STATE_WORDS, RUNG_WORDS } from '#lib/client/words.ts';
import type { Status } from '#lib/contract/status.ts';

type RungDetailProps = { readonly step: Status['ladder'][number]; readonly picture: Picture };

/** What is known of one rung and how old that is. The fact is said to those who listen, its ticking age is not. */
export function RungDetail({ step: { rung, state, detail, at }, picture }: RungDetailProps) {
  const macNow = serverNow(picture, useNow());
  const age = at === null ? 'not looked at yet' : `${durationText(macNow - at)} ago`;
  return (
    <p className="border-t border-hair pt-3 text-[15px]">
      <span role="status">
        <strong className="font-semibold">
          {RUNG_WORDS[rung]}: {RUNG_STATE_WORDS[state]}.
        </strong>{' '}
        {detail}
      </span>{' '}
      <span className="text-note text-dim">· {age}</span>
    </p>
  );
}
