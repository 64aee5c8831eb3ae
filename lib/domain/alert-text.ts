import type { AlertKind } from './alert.ts';
import type { Cause } from './cause.ts';
import { CAUSE_WORDS } from './cause-words.ts';
import type { Say } from './clock.ts';
import type { Incident } from './incident.ts';
import { lastedText } from './lasted-text.ts';
import { type Level, levelOf } from './level.ts';
import type { EpochMs } from './time.ts';

/** What there is to tell of an incident. */
export type AlertNews = {
  readonly kind: AlertKind;
  readonly incidentId: string;
  /** While it lasts its level now, then the worst that it reached. */
  readonly level: Exclude<Level, 'ready' | 'no-data'>;
  /** While it lasts its cause now, then the one that lasted longest. */
  readonly cause: Cause;
  readonly startedAt: EpochMs;
  /** Null while it lasts, and where the history does not tell. */
  readonly endedAt: EpochMs | null;
  /** It was over after a gap: `endedAt` is when it was last seen. */
  readonly endUnseen: boolean;
};

/** What a phone shows. */
export type AlertText = { readonly title: string; readonly body: string };

/** What there is to tell of an incident's beginning: as it is now. */
export function newsOfBeginning({ id, cause, startedAt, chapters }: Incident): AlertNews {
  const [newest = cause] = chapters.flatMap((chapter) => ('cause' in chapter ? [chapter.cause] : [])).reverse();
  return {
    kind: 'began',
    incidentId: id,
    level: levelOf(newest) === 'down' ? 'down' : 'degraded',
    cause: newest,
    startedAt,
    endedAt: null,
    endUnseen: false,
  };
}

/** What there is to tell of its end; where the history has lost it, `began` says what was told of it. */
export function newsOfEnd(incident: Incident | undefined, began: AlertNews): AlertNews {
  if (incident === undefined) return { ...began, kind: 'ended' };
  const { id, level, cause, startedAt, endedAt, endUnseen } = incident;
  return { kind: 'ended', incidentId: id, level, cause, startedAt, endedAt, endUnseen };
}

/** The words for it, with times as `say` tells them. */
export function alertText(news: AlertNews, say: Say): AlertText {
  const { headline, explanation } = CAUSE_WORDS[news.cause];
  const since = say(news.startedAt);
  if (news.kind === 'began') {
    return { title: `${LEVEL_WORDS[news.level]} since ${since}`, body: `${headline} ${explanation}` };
  }
  const because = `What was found: ${headline}`;
  if (news.endedAt === null) {
    return { title: 'Ready again', body: `It was ${news.level} since ${since}; until when is not known. ${because}` };
  }
  const until = say(news.endedAt);
  if (news.endUnseen) {
    return {
      title: 'Ready again',
      body: `It was ${news.level} from ${since} until at least ${until}; after that nothing was measured for a while. ${because}`,
    };
  }
  return {
    title: `Ready again after ${lastedText(news.endedAt - news.startedAt)}`,
    body: `It was ${news.level} from ${since} to ${until}. ${because}`,
  };
}

const LEVEL_WORDS = { down: 'Down', degraded: 'Degraded' } as const;
