import { CardHost, type CardState } from '#lib/client/card-host/card-host.ts';
import type { FrameCard } from '#lib/contract/card-frame.ts';

type Shows = Partial<FrameCard> & Pick<FrameCard, 'question'>;

/** What a test finds in the page: it shows cards, and keeps what the host tells of them. */
export type CardPage = {
  readonly said: unknown[];
  readonly states: CardState[];
  /** Another card unless `turn` says otherwise. */
  readonly show: (card: Shows) => void;
  /** The card that is shown, with something else. */
  readonly change: (part: Partial<FrameCard>) => void;
};
declare global {
  interface Window {
    cardPage: CardPage;
  }
}

const BLANK: FrameCard = {
  type: 'card',
  turn: 0,
  side: 'question',
  question: '',
  answer: '',
  ordinal: 0,
  languages: { front: null, back: null },
  night: false,
  media: {},
  typed: [],
  mayType: true,
  scripts: false,
  remoteImages: false,
};

const room = document.getElementById('room');
if (room === null) throw new Error('the page has no room for cards');
const said: unknown[] = [];
const states: CardState[] = [];
let card = BLANK;
const host = new CardHost(room, { said: (wish) => said.push(wish), state: (state) => states.push(state) });
const change = (part: Partial<FrameCard>) => {
  card = { ...card, ...part };
  host.show({ ...card, typed: card.typed.map((field) => ({ ...field })), media: { ...card.media } });
};
window.cardPage = {
  said,
  states,
  show: (shows) => {
    const { turn } = card;
    card = BLANK;
    change({ turn: turn + 1, ...shows });
  },
  change,
};
