/** What runs in the frame that shows cards. It grades nothing and knows nothing of grades. */
import * as z from 'zod/mini';
import { type FrameCard, type ToFrame, toFrameSchema } from '#lib/contract/to-frame.ts';
import { installAnkiGlobals } from './card-scripts.ts';
import { takeMath } from './math.ts';
import { listenForPresses } from './presses.ts';
import { PAGE, say, sayReady } from './say.ts';
import { type Stage, stageCard } from './stage.ts';
import { takeConnectionsAway } from './unheld.ts';

// Compiled checks would need eval, which the policy of the frame refuses.
z.config({ jitless: true });

const HTML_CLASSES = 'mobile iphone ios safari';
const MOST_HEIGHT = 100_000;
/** A card that moves is measured this often. */
const MEASURE_EVERY_MS = 100;

const { documentElement: html, body } = document;
const qa = document.createElement('div');
qa.id = 'qa';
qa.dir = 'auto';
body.append(qa);

let stage: Stage | null = null;
let side: FrameCard['side'] = 'question';
let ordinal = 0;
let languages: FrameCard['languages'] = { front: null, back: null };
let height = 0;

function theme(night: boolean): void {
  html.className = night ? `${HTML_CLASSES} night-mode` : HTML_CLASSES;
  body.className = `card card${ordinal + 1}${night ? ' nightMode night_mode' : ''}`;
}

/** Says how high the side is; of an unchanged side only once. */
function measure(always: boolean): void {
  const now = Math.min(Math.ceil(html.scrollHeight), MOST_HEIGHT);
  if (stage === null || (now === height && !always)) return;
  height = now;
  say({ type: 'resize', turn: stage.turn, side, height });
}

let isPainted = false;

async function show(next: FrameCard['side']): Promise<void> {
  side = next;
  // What is not known is read aloud in the language of the phone.
  html.lang = (next === 'question' ? languages.front : languages.back) ?? navigator.language;
  isPainted = false;
  if ((await stage?.show(next)) !== true) return;
  isPainted = true;
  measure(true);
}

function take(card: FrameCard): void {
  stage?.clear();
  ({ ordinal, languages } = card);
  theme(card.night);
  stage = stageCard(card, qa);
  void show(card.side);
}

function hear(told: ToFrame): void {
  switch (told.type) {
    case 'card':
      take(told);
      break;
    case 'side':
      if (told.turn === stage?.turn) void show(told.side);
      break;
    case 'theme':
      theme(told.night);
      break;
    case 'math':
      takeMath(told.source);
  }
}

const turn = () => stage?.turn ?? 0;
listenForPresses({
  turn,
  typed: (field, text) => {
    stage?.typed(field, text);
    say({ type: 'typed', turn: turn(), field: field.slice(0, 200), text });
  },
});
installAnkiGlobals(turn);
takeConnectionsAway();
let isMeasuring = false;
new ResizeObserver(() => {
  if (isMeasuring) return;
  isMeasuring = true;
  setTimeout(() => {
    isMeasuring = false;
    if (isPainted) measure(false);
  }, MEASURE_EVERY_MS);
}).observe(qa);
addEventListener('message', ({ source, origin, data }) => {
  if (source !== PAGE.window || origin !== PAGE.origin) return;
  const told = z.safeParse(toFrameSchema, data);
  if (told.success) hear(told.data);
});
sayReady();
