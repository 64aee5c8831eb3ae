import type { AlertKind } from './alert.ts';
import type { Cause } from './cause.ts';
import { CAUSE_WORDS } from './cause-words.ts';
import type { Say } from './clock.ts';
import type { Chapter, Incident } from './incident.ts';
import { lastedText } from './lasted-text.ts';
import { type Level, levelOf } from './level.ts';
import { type DurationMs, type EpochMs, MINUTE } from './time.ts';

/** What there is to tell of an incident. */
export type AlertNews = {
  readonly kind: AlertKind;
  readonly incidentId: string;
  /** While it lasts its level now, then the worst that it reached. */
  readonly level: Exclude<Level, 'ready' | 'no-data'>;
  /** While it lasts its cause now, then the one that lasted longest. */
  readonly cause: Cause;
  readonly startedAt: EpochMs;
  /** While it lasts, when it came to this level; it may have begun as another. */
  readonly levelSince: EpochMs;
  /** Null while it lasts, and where the history does not tell. */
  readonly endedAt: EpochMs | null;
  /** It was over after a gap: `endedAt` is when it was last seen. */
  readonly endUnseen: boolean;
  /** When it is over: it was down for a part of it only, and degraded for the rest. */
  readonly isMixed: boolean;
  /** When it is over: how much of it lay in gaps. */
  readonly unmeasuredMs: DurationMs;
};

/** What a phone shows. */
export type AlertText = { readonly title: string; readonly body: string };

/** What there is to tell of an incident's beginning: as it is now. */
export function newsOfBeginning({ id, cause, startedAt, chapters }: Incident): AlertNews {
  const newestFirst = lived(chapters).reverse();
  const newest = newestFirst[0]?.cause ?? cause;
  const level = alertLevelOf(newest);
  const other = newestFirst.findIndex((chapter) => alertLevelOf(chapter.cause) !== level);
  const first = newestFirst.at(other === -1 ? -1 : other - 1);
  return {
    kind: 'began',
    incidentId: id,
    level,
    cause: newest,
    startedAt,
    levelSince: first?.at ?? startedAt,
    endedAt: null,
    endUnseen: false,
    isMixed: false,
    unmeasuredMs: 0,
  };
}

/** What there is to tell of its end; where the history has lost it, `began` says what was told of it. */
export function newsOfEnd(incident: Incident | undefined, began: AlertNews): AlertNews {
  if (incident === undefined) return { ...began, kind: 'ended' };
  const { id, level, cause, startedAt, endedAt, endUnseen, chapters } = incident;
  const gaps = chapters.filter((chapter) => 'gap' in chapter);
  return {
    kind: 'ended',
    incidentId: id,
    level,
    cause,
    startedAt,
    levelSince: startedAt,
    endedAt,
    endUnseen,
    isMixed: lived(chapters).some((chapter) => alertLevelOf(chapter.cause) !== level),
    unmeasuredMs: gaps.reduce((sum, { at, to }) => sum + Math.max(0, (to ?? at) - at), 0),
  };
}

const lived = (chapters: readonly Chapter[]) => chapters.filter((chapter) => 'cause' in chapter);
const alertLevelOf = (cause: Cause): AlertNews['level'] => (levelOf(cause) === 'down' ? 'down' : 'degraded');

/** The words for it, with times as `say` tells them. */
export function alertText(news: AlertNews, say: Say): AlertText {
  const { headline, explanation } = CAUSE_WORDS[news.cause];
  if (news.kind === 'began') {
    return { title: `${LEVEL_WORDS[news.level]} since ${say(news.levelSince)}`, body: `${headline} ${explanation}` };
  }
  const because = `What was found: ${headline}`;
  if (news.endedAt === null) {
    const since = say(news.levelSince);
    return { title: 'Ready again', body: `It was ${news.level} since ${since}; until when is not known. ${because}` };
  }
  const how = news.isMixed ? 'not ready, at times down,' : news.level;
  const from = `It was ${how} from ${say(news.startedAt)}`;
  const until = say(news.endedAt);
  const unmeasured = news.unmeasuredMs < MINUTE ? '' : `, not measured for ${lastedText(news.unmeasuredMs)} of that`;
  if (news.endUnseen) {
    return {
      title: 'Ready again',
      body: `${from} until at least ${until}${unmeasured}; after that nothing was measured for a while. ${because}`,
    };
  }
  return {
    title: `Ready again after ${lastedText(news.endedAt - news.startedAt)}`,
    body: `${from} to ${until}${unmeasured}. ${because}`,
  };
}

const LEVEL_WORDS = { down: 'Down', degraded: 'Degraded' } as const;
