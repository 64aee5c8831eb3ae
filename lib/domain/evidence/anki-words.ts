import type { SideFacts } from '#lib/domain/facts.ts';
import { duration } from './probe-words.ts';

type Value<K extends keyof SideFacts> = NonNullable<SideFacts[K]>['value'];

export function ankiWords(anki: Value<'anki'>): readonly string[] {
  switch (anki.reach) {
    case 'refused':
      return ['AnkiConnect refuses the connection'];
    case 'silent':
      return ['AnkiConnect takes the connection and says nothing'];
    case 'foreign':
      return ['What answers on AnkiConnect’s port is another program'];
    case 'answers':
      return [`AnkiConnect answers in ${duration(anki.latencyMs)}${stateWords(anki)}`];
  }
}

function stateWords({ collection, isReviewing }: Extract<Value<'anki'>, { reach: 'answers' }>): string {
  if (collection === 'key-needed') return ', and wants its API key';
  if (collection === 'closed') return '; no collection is open';
  if (isReviewing === null) return '';
  return isReviewing ? '; a review is open' : '; no review is open';
}

export function bridgeWords(bridge: Value<'bridge'>): readonly string[] {
  switch (bridge.reach) {
    case 'answers':
      return [`The bridge add-on answers on port ${bridge.port}`];
    case 'refused':
      return ['The bridge add-on refuses the connection'];
    case 'silent':
      return ['The bridge add-on says nothing'];
  }
}

export function currentWords(current: Value<'current'>): readonly string[] {
  switch (current.said) {
    case 'card':
      return ['The review server hands out a card'];
    case 'error':
      return [`The review server says of the card: “${current.message.trim()}”`];
    case 'idle':
      return ['The review server says of the card: “idle”'];
    case 'nothing':
      return [nothingWords(current)];
  }
}

function nothingWords(current: Extract<Value<'current'>, { said: 'nothing' }>): string {
  switch (current.came) {
    case 'silence':
      return 'The review server said nothing of a card in time';
    case 'no-http':
      return 'What the review server says at /current is not HTTP';
    case 'answer': {
      const { status } = current;
      const how = status === 200 ? ', and neither a card nor an error in it' : '';
      return `The review server answers /current with HTTP ${status}${how}`;
    }
  }
}

export const generationWords = (generation: Value<'generation'>): readonly string[] => [
  `This review server reads cards through ${generation === 'bridge' ? 'the bridge add-on' : 'AnkiConnect'}`,
];
