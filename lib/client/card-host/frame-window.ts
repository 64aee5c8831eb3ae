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
  let port: MessagePort | null = null;
  let loads = 0;
  const stopWaiting = whenLate(events.answerLimitMs, () => events.broke('silent'));

  /** What it says, from the window or on the port, is counted; only what is said on the port is looked at. */
  function hear(event: MessageEvent, said: (event: MessageEvent) => void): void {
    if (afford(performance.now())) said(event);
    else events.broke('flooding');
  }

  /**
   * A script of a card's can send its window's words, as large as it likes, and they cost the page its time once they are
   * read. So none is: before there is a card in it the document hands over a port, which no script of a card's gets hold of.
   */
  function hearWindow(event: MessageEvent): void {
    if (event.source === null || event.source !== element.contentWindow) return;
    hear(event, ({ origin, ports: [given] }) => {
      if (port !== null) return;
      if (origin !== OPAQUE) events.broke('not-isolated');
      else if (given !== undefined) begin(given);
    });
  }

  function begin(given: MessagePort): void {
    port = given;
    port.onmessage = (event) => hear(event, hearPort);
    stopWaiting();
    element.setAttribute('sandbox', 'allow-scripts');
    events.ready();
  }

  function hearPort({ data }: MessageEvent): void {
    const message = z.safeParse(fromFrameSchema, data);
    if (message.success) events.said(message.data);
  }

  element.addEventListener('load', () => {
    loads++;
    if (loads > 1) events.broke('left');
  });
  addEventListener('message', hearWindow);
  element.title = 'Card';
  element.referrerPolicy = 'no-referrer';
  element.src = url;
  room.append(element);
  return {
    element,
    send: (message) => element.contentWindow?.postMessage(message, '*'),
    close: () => {
      stopWaiting();
      removeEventListener('message', hearWindow);
      port?.close();
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
