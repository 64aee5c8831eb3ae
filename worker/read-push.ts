import type { PushMessage } from '#lib/contract/alerts.ts';

/** What is shown of a pushed message. `badge` is null where the icon stays as it is. */
export type Shown = Omit<PushMessage['notification'], 'lang'> & { readonly badge: number | null };

/** Shown for a message that nobody can read: one that shows nothing counts against the subscription, and three end it on iOS. */
const UNREADABLE: Shown = {
  title: 'Lifeline',
  body: 'Something has changed. Open Lifeline to see what.',
  navigate: '/',
  tag: '',
  badge: null,
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a `PushMessage` field by field, each with its own stand-in, so that whatever is pushed gives something to show. By hand,
 * because a parser is more than the rest of this worker. Never throws.
 */
export function readPush(text: string | null): Shown {
  const message = fieldsOf(jsonOf(text));
  const told = fieldsOf(message['notification']);
  const badge = message['app_badge'];
  const word = (name: Exclude<keyof Shown, 'badge'>): string => {
    const given = told[name];
    return typeof given === 'string' ? given : UNREADABLE[name];
  };
  return {
    title: word('title') || UNREADABLE.title,
    body: word('body'),
    navigate: word('navigate'),
    tag: word('tag'),
    badge: typeof badge === 'number' && Number.isSafeInteger(badge) && badge >= 0 ? badge : null,
  };
}

function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** No fields for what is no object. */
const fieldsOf = (value: unknown): Fields => Object(value) as Fields;
