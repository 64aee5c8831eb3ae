import { type Collection, deckTree, today } from './anki-collection.ts';
import { LEARN_AHEAD_MS } from './anki-interval.ts';
import { AnkiError, type Card, QUEUE, TYPE } from './anki-model.ts';

type Test = (card: Card) => boolean;

/** The cards that a search finds, of the searches that a reviewer makes: terms, `-`, `or`, brackets. Throws on others. */
export function findCards(collection: Collection, query: string): readonly Card[] {
  const parser = { tokens: tokensOf(query), collection };
  const test = parser.tokens.length === 0 ? () => true : either(parser);
  if (parser.tokens.length > 0) throw invalid(query);
  return [...collection.cards.values()].filter(test);
}

type Parser = { readonly tokens: string[]; readonly collection: Collection };

const invalid = (what: string): AnkiError => new AnkiError(`Invalid search: ${what}`);

/** A term may be quoted whole (`"deck:a b"`) or after its colon (`deck:"a b"`); a backslash keeps a quote from ending it. */
const TOKEN = /\s*(-?"(?:\\.|[^"\\])*"|-?[a-z]+:"(?:\\.|[^"\\])*"|-|\(|\)|(?:\\.|[^\s()"])+)/gy;

function tokensOf(query: string): string[] {
  const found = [...query.matchAll(TOKEN)].map(([whole, token = '']) => ({ token, end: whole.length }));
  const length = found.reduce((sum, { end }) => sum + end, 0);
  if (query.slice(length).trim() !== '') throw invalid(query);
  return found.map(({ token }) => token);
}

function either(parser: Parser): Test {
  const tests = [every(parser)];
  while (parser.tokens[0]?.toLowerCase() === 'or') {
    parser.tokens.shift();
    tests.push(every(parser));
  }
  return (card) => tests.some((test) => test(card));
}

function every(parser: Parser): Test {
  const tests: Test[] = [];
  const { tokens } = parser;
  while (tokens[0] !== undefined && tokens[0] !== ')' && tokens[0].toLowerCase() !== 'or') tests.push(one(parser));
  if (tests.length === 0) throw invalid('empty group');
  return (card) => tests.every((test) => test(card));
}

function one(parser: Parser): Test {
  const token = parser.tokens.shift() ?? '';
  if (token === '-') return not(one(parser));
  if (token === '(') {
    const inside = either(parser);
    if (parser.tokens.shift() !== ')') throw invalid('unclosed bracket');
    return inside;
  }
  if (token.toLowerCase() === 'and') return () => true;
  return token.startsWith('-') ? not(termOf(token.slice(1), parser)) : termOf(token, parser);
}

const not =
  (test: Test): Test =>
  (card) =>
    !test(card);

function termOf(token: string, { collection }: Parser): Test {
  const term = token.startsWith('"') ? token.slice(1, -1) : token.replace(/^([a-z]+:)"(.*)"$/s, '$1$2');
  const colon = term.indexOf(':');
  const [key, value] = [term.slice(0, colon), term.slice(colon + 1)];
  switch (key) {
    case 'deck':
      return inDecks(collection, value);
    case 'did': {
      const [here, home] = [ids(value, (card) => card.deckId), ids(value, (card) => card.homeDeckId)];
      return (card) => here(card) || home(card);
    }
    case 'nid':
      return ids(value, (card) => card.noteId);
    case 'cid':
      return ids(value, (card) => card.id);
    case 'prop':
      return dueOn(collection, value);
    case 'is':
      return standsAs(collection, value);
    default:
      throw invalid(token);
  }
}

function ids(value: string, of: (card: Card) => number): Test {
  if (!/^\d+(,\d+)*$/.test(value)) throw invalid(value);
  const wanted = new Set(value.split(',').map(Number));
  return (card) => wanted.has(of(card));
}

/** `due` alone: days from today, of cards in review. */
function dueOn(collection: Collection, value: string): Test {
  const [, operator, days] = /^due(<=|>=|<|>|=)(-?\d+)$/.exec(value) ?? [];
  if (operator === undefined) throw invalid(`prop:${value}`);
  const day = today(collection) + Number(days);
  return ({ queue, due }) => {
    if (queue !== QUEUE.review && queue !== QUEUE.dayLearning) return false;
    if (due === day) return operator.endsWith('=');
    return operator.startsWith(due < day ? '<' : '>');
  };
}

/** `*` and `_` stand for anything and for one character, unless a backslash is before them; decks below are included. `filtered`: what such a deck has. */
function inDecks(collection: Collection, value: string): Test {
  if (value.toLowerCase() === 'filtered') return ({ homeDeckId }) => homeDeckId !== 0;
  const source = value.replace(/\\(.)|\*|_|[^\\*_]/gs, (part, escaped?: string) => {
    if (part === '*') return '.*';
    if (part === '_') return '.';
    return RegExp.escape(escaped ?? part);
  });
  const pattern = new RegExp(`^${source}$`, 'is');
  const roots = [...collection.decks.values()].filter(({ name }) => pattern.test(name));
  const wanted = new Set(roots.flatMap((root) => deckTree(collection, root)).map(({ id }) => id));
  return (card) => wanted.has(card.deckId) || wanted.has(card.homeDeckId);
}

/** Without regard to limits; `is:new` also finds suspended and buried cards. Source: review reference §1.4, `findCards`. */
function standsAs(collection: Collection, value: string): Test {
  switch (value) {
    case 'due':
      return isDue(collection);
    case 'new':
      return ({ type }) => type === TYPE.new;
    case 'learn':
      return ({ type }) => type === TYPE.learning || type === TYPE.relearning;
    case 'review':
      return ({ type }) => type === TYPE.review || type === TYPE.relearning;
    case 'suspended':
      return ({ queue }) => queue === QUEUE.suspended;
    case 'buried':
      return ({ queue }) => queue === QUEUE.buried || queue === QUEUE.userBuried;
    default:
      throw invalid(`is:${value}`);
  }
}

function isDue(collection: Collection): Test {
  const day = today(collection);
  const cutoff = (collection.now() + LEARN_AHEAD_MS) / 1_000;
  return ({ queue, due }) => {
    if (queue === QUEUE.review || queue === QUEUE.dayLearning) return due <= day;
    return (queue === QUEUE.learning || queue === QUEUE.preview) && due <= cutoff;
  };
}
