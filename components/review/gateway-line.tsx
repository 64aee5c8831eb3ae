import type { ReviewSession } from '#lib/client/review/session.ts';
import { some } from '#lib/client/review/words.ts';
import type { Level } from '#lib/domain/level.ts';

type GatewayLineProps = Pick<ReviewSession, 'source' | 'troubles' | 'progress'> & {
  /** What Status says of the review server; null while that is not known. */
  readonly level: Level | null;
  /** Something else has the line now: it is only heard. */
  readonly isAside: boolean;
};

type Words = { readonly way: string; readonly more: string };

/** Names the way the cards come, as long as there is one, and what more there is to say of it. */
function gatewayWords({ source, troubles, progress, level }: Omit<GatewayLineProps, 'isAside'>): Words {
  switch (source) {
    case 'anki-connect':
      return { way: 'Directly from Anki', more: level === 'down' ? ' · the review server is down' : '' };
    case 'review-server': {
      const isAnkiAway = troubles.some(({ kind }) => kind === 'anki-connect');
      return { way: 'Through the review server', more: isAnkiAway ? ' · AnkiConnect is out of reach' : '' };
    }
    case 'offline':
      return { way: 'Offline', more: ` · ${some(progress.left, 'card')} on this phone` };
    case null:
      return { way: '', more: '' };
  }
}

/** One quiet line that says where the cards come from. Another way is said to those who listen, the number of cards is not. */
export function GatewayLine({ isAside, ...told }: GatewayLineProps) {
  const { way, more } = gatewayWords(told);
  return (
    <p
      data-testid="gateway"
      className={isAside ? 'sr-only' : 'min-h-[18px] px-1 text-balance text-center text-note text-dim'}
    >
      {/* New words in new places: the line is centred, and what moves is replaced instead of pushed. */}
      <span role="status">
        <span key={way}>{way}</span>
      </span>
      <span key={`more ${way}`}>{more}</span>
    </p>
  );
}
