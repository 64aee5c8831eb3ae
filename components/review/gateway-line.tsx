import type { ReviewSession } from '#lib/client/review/session.ts';
import { some } from '#lib/client/review/words.ts';
import type { Level } from '#lib/domain/level.ts';

type GatewayLineProps = Pick<ReviewSession, 'source' | 'troubles' | 'progress'> & {
  /** What Status says of the review server; null while that is not known. */
  readonly level: Level | null;
};

/** Names the way the cards come, as long as there is one. */
function gatewayWords({ source, troubles, progress, level }: GatewayLineProps): string {
  switch (source) {
    case 'anki-connect':
      return level === 'down' ? 'Directly from Anki · the review server is down' : 'Directly from Anki';
    case 'review-server':
      return troubles.some(({ kind }) => kind === 'anki-connect')
        ? 'Through the review server · AnkiConnect is out of reach'
        : 'Through the review server';
    case 'offline':
      return `Offline · ${some(progress.left, 'card')} on this phone`;
    case null:
      return '';
  }
}

/** One quiet line that says where the cards come from. */
export function GatewayLine(props: GatewayLineProps) {
  return (
    <p data-testid="gateway" className="min-h-[18px] px-1 text-balance text-center text-note text-dim">
      {gatewayWords(props)}
    </p>
  );
}
