import * as z from 'zod/mini';
import { type FromFrame, fromFrameSchema, type ToFrame } from '#lib/contract/card-frame.ts';
import type { DurationMs } from '#lib/domain/time.ts';
import { messageBudget } from './message-budget.ts';

/**
 * Why a frame is of no use: it never said that it is there; it is no origin of its own, so that no card may go into it; it
 * left its document; it says more than a card could.
 */
export type FrameTrouble = 'silent' | 'not-isolated' | 'left' | 'flooding';

type FrameEvents = {
  /** How long it may take to say that it is there. */
  readonly answerLimitMs: DurationMs;
  readonly ready: () => void;
  readonly said: (message: FromFrame) => void;
  readonly broke: (trouble: FrameTrouble) => void;
};

export type FrameWindow = {
  readonly element: HTMLIFrameElement;
  readonly send: (message: ToFrame) => void;
  readonly close: () => void;
};

/** A well frame answers within a tenth of a second, and within a second or two on a slow phone. */
export const ANSWER_LIMIT_MS = 4_000;
/** What an opaque origin is called in a message. */
const OPAQUE = 'null';

/**
 * Opens the frame's document in `room`. Its policy makes its origin opaque, so that the service worker can still hand it out,
 * which it does not for a frame with a sandbox attribute. The attribute is set before any card goes in: it holds for
 * whatever the frame goes to from there.
 */
export function openFrame(room: HTMLElement, url: string, events: FrameEvents): FrameWindow {
  const element = document.createElement('iframe');
  const afford = messageBudget();
  let isReady = false;
  let loads = 0;
  const stopWaiting = whenLate(events.answerLimitMs, () => events.broke('silent'));

  function hear({ source, origin, data }: MessageEvent): void {
    if (source === null || source !== element.contentWindow) return;
    if (!afford(performance.now())) {
      events.broke('flooding');
      return;
    }
    const message = z.safeParse(fromFrameSchema, data);
    if (!message.success) return;
    if (message.data.type === 'ready') begin(origin);
    else if (isReady) events.said(message.data);
  }

  function begin(origin: string): void {
    if (isReady || origin !== OPAQUE) {
      events.broke(isReady ? 'left' : 'not-isolated');
      return;
    }
    isReady = true;
    stopWaiting();
    element.setAttribute('sandbox', 'allow-scripts');
    events.ready();
  }

  element.addEventListener('load', () => {
    loads++;
    if (loads > 1) events.broke('left');
  });
  addEventListener('message', hear);
  element.title = 'Card';
  element.referrerPolicy = 'no-referrer';
  element.src = url;
  room.append(element);
  return {
    element,
    send: (message) => element.contentWindow?.postMessage(message, '*'),
    close: () => {
      stopWaiting();
      removeEventListener('message', hear);
      element.remove();
    },
  };
}

/** Calls `late` after a while in which the page could be seen: behind another, a browser may stop a frame. Returns what ends it. */
export function whenLate(limitMs: DurationMs, late: () => void): () => void {
  const check = () => {
    if (document.visibilityState === 'hidden') timer = setTimeout(check, limitMs);
    else late();
  };
  let timer = setTimeout(check, limitMs);
  return () => clearTimeout(timer);
}
