import type * as z from 'zod/mini';
import type { PushMessage, webhookMessageSchema } from '#lib/contract/alerts.ts';
import { isQuiet } from '#lib/domain/alert-quiet.ts';
import type { AlertNews, AlertText } from '#lib/domain/alert-text.ts';
import { DAY, SECOND } from '#lib/domain/time.ts';
import type { PushLetter } from '#lib/push/send-push.ts';
import type { Subscription } from '#lib/store/subscriptions.ts';

type WebhookMessage = z.infer<typeof webhookMessageSchema>;

/** A phone that was off for longer has been opened since, or nobody waits for it. */
const TTL_S = DAY / SECOND;

/** The message for a phone. What still waits for it of the same incident is replaced by the push service. */
export function pushLetter(news: AlertNews, text: AlertText, { origin, preferences }: Subscription): PushLetter {
  const message = {
    web_push: 8030,
    notification: {
      ...text,
      navigate: `${origin}/incident?id=${news.incidentId}`,
      tag: `incident-${news.incidentId}`,
      lang: 'en',
    },
    ...(preferences.badge === 'down' ? badgeOf(news) : {}),
  } satisfies PushMessage;
  const urgency = news.kind === 'began' && news.level === 'down' ? 'high' : 'normal';
  return { text: JSON.stringify(message), ttlS: TTL_S, urgency, topic: `incident-${news.incidentId}` };
}

/** Only what is down counts, as the app itself has it. */
function badgeOf({ kind, level }: AlertNews): Pick<PushMessage, 'app_badge'> {
  if (kind === 'ended') return { app_badge: 0 };
  return level === 'down' ? { app_badge: 1 } : {};
}

const TEST_TEXT: AlertText = { title: 'Test alert', body: 'This is how Lifeline calls when something breaks.' };

/** What is sent to try the way. */
export function testLetter({ origin }: Pick<Subscription, 'origin'>): PushLetter {
  const notification = { ...TEST_TEXT, navigate: `${origin}/setup`, tag: 'test', lang: 'en' } as const;
  const message = { web_push: 8030, notification } satisfies PushMessage;
  return { text: JSON.stringify(message), ttlS: 60, urgency: 'high', topic: 'test' };
}

/** The message for the webhook. `origin`: an address of Lifeline that others can open; null where there is none. */
export const webhookMessage = (news: AlertNews, { title, body }: AlertText, origin: string | null): WebhookMessage => ({
  kind: news.kind,
  text: `${title}. ${body}`,
  incidentId: news.incidentId,
  level: news.level,
  cause: news.cause,
  startedAt: news.startedAt,
  endedAt: news.endedAt,
  url: origin === null ? null : `${origin}/incident?id=${news.incidentId}`,
});

export const testWebhookMessage = (origin: string | null): WebhookMessage => ({
  kind: 'test',
  text: `${TEST_TEXT.title}. ${TEST_TEXT.body}`,
  incidentId: null,
  level: null,
  cause: null,
  startedAt: null,
  endedAt: null,
  url: origin,
});

/** Whether this machine knows a zone of this name. */
export function isTimeZone(timeZone: string): boolean {
  try {
    isQuiet({ from: '00:00', to: '00:01', timeZone }, 0);
    return true;
  } catch {
    return false;
  }
}
