import type { DurationMs } from '#lib/domain/time.ts';
import type { clockText } from './clock-text.ts';
import type { durationText } from './duration-text.ts';
import type { Picture, tellGlance } from './glance.ts';
import type { Reply } from './request.ts';

/** What the inline script needs; functions travel as their source, so each refers to nothing outside itself. */
export type FirstPaintNeeds = {
  readonly key: string;
  readonly url: string;
  readonly timeoutMs: DurationMs;
  readonly tell: typeof tellGlance;
  readonly clock: typeof clockText;
  readonly duration: typeof durationText;
};

declare global {
  interface Window {
    /** The status asked for before React arrived; the first reader takes it away. */
    lifelineFirst?: { readonly url: string; readonly reply: Promise<Reply>; taken: boolean };
  }
}

/**
 * Runs in the static HTML before anything else: paints the kept picture into the glance, asks for a fresh one at once, paints
 * that too, and leaves the reply for the first fetch of React. Whatever fails here, React repeats and explains.
 */
function firstPaint(needs: FirstPaintNeeds): void {
  const paint = (picture: Picture) => {
    const glance = needs.tell(picture, Date.now(), { duration: needs.duration, clock: needs.clock });
    const root = document.getElementById('glance');
    if (root === null || window.lifelineFirst?.taken) return;
    root.dataset['level'] = glance.level;
    document.documentElement.dataset['freshness'] = glance.freshness;
    for (const line of ['word', 'headline', 'since', 'checked'] as const) {
      const element = document.getElementById(`glance-${line}`);
      if (element !== null) element.textContent = glance[line];
    }
  };
  const ask = async () => {
    const response = await fetch(needs.url, { cache: 'no-store', signal: AbortSignal.timeout(needs.timeoutMs) });
    return { status: response.status, body: await response.text(), receivedAt: Date.now() };
  };
  try {
    const kept = localStorage.getItem(needs.key);
    if (kept !== null) {
      const { data, receivedAt } = JSON.parse(kept);
      paint({ status: data, receivedAt });
    }
  } catch {
    // Nothing kept, or nothing readable.
  }
  const reply = ask();
  window.lifelineFirst = { url: needs.url, reply, taken: false };
  reply
    .then(({ status, body, receivedAt }) => {
      if (status === 200) paint({ status: JSON.parse(body), receivedAt });
    })
    .catch(() => undefined);
}

/** The script's text: one call, with every function written out. */
export function firstPaintScript({ tell, clock, duration, ...plain }: FirstPaintNeeds): string {
  const needs = `Object.assign(${JSON.stringify(plain)},{tell:${tell},clock:${clock},duration:${duration}})`;
  return `(${firstPaint})(${needs})`;
}
