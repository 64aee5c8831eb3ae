import { describe, expect, test } from 'vitest';
import { deckRows, moveInTree, totalOf } from '#lib/client/review/decks-tree.ts';
import type { Deck } from '#lib/domain/review/gateway.ts';
import { fc } from '#tests/support/fast-check.ts';

const decks = (...names: string[]): Deck[] =>
  names.map((name, id) => ({ id, name, counts: { new: 1, learning: 2, review: id } }));
const none = { closed: new Set<string>(), search: '' };
const lines = (list: readonly Deck[], question: Partial<typeof none> = {}) =>
  deckRows(list, { ...none, ...question }).map(({ level, label }) => `${'  '.repeat(level - 1)}${label}`);

const SOME = decks('Spanish::Verbs::Irregular', 'Spanish', 'Anatomy', 'Spanish::Verbs', 'Spanish 10', 'Spanish 2');

describe('the tree of decks', () => {
  test('shows each under its parent, in the order of their names', () => {
    expect(lines(SOME)).toEqual(['Anatomy', 'Spanish', '  Verbs', '    Irregular', 'Spanish 2', 'Spanish 10']);
  });

  test('hides what lies below a closed deck, and remembers what is closed within', () => {
    expect(lines(SOME, { closed: new Set(['Spanish']) })).toEqual(['Anatomy', 'Spanish', 'Spanish 2', 'Spanish 10']);
    expect(lines(SOME, { closed: new Set(['Spanish::Verbs']) })).toContain('  Verbs');
    expect(lines(SOME, { closed: new Set(['Spanish::Verbs']) })).not.toContain('    Irregular');
  });

  test('shows a deck without its parent by its full name', () => {
    expect(lines(decks('A::B', 'A::B::C::D'))).toEqual(['A::B', '  C::D']);
  });

  test('finds every word whatever its case and accents, with the decks above, also closed ones', () => {
    const list = decks('Español', 'Español::Verbos', 'Español::Otros', 'Anatomy');
    const closed = new Set(['Español']);
    expect(lines(list, { search: 'espanol VERB', closed })).toEqual(['Español', '  Verbos']);
    expect(lines(list, { search: 'zzz' })).toEqual([]);
    expect(deckRows(list, { search: 'verb', closed })[0]?.isOpen).toBe(true);
  });

  test('counts all decks once, because a deck counts its subdecks', () => {
    const list = decks('A', 'A::B', 'C');
    expect(totalOf(list)).toEqual({ new: 2, learning: 4, review: 0 + 2 });
  });

  const anyDecks = fc
    .uniqueArray(fc.array(fc.constantFrom('a', 'b', 'B', 'ß', ' '), { minLength: 1, maxLength: 4 }), {
      selector: (parts) => parts.join('::'),
      maxLength: 20,
    })
    .map((names) => decks(...names.map((parts) => parts.join('::'))));

  test('has every deck once, and never a deck before the one above it, whatever they are called', () => {
    fc.assert(
      fc.property(anyDecks, (list) => {
        const rows = deckRows(list, none);
        expect(rows.map(({ name }) => name).toSorted()).toEqual(list.map(({ name }) => name).toSorted());
        rows.forEach(({ level }, index) => {
          expect(level).toBeLessThanOrEqual((rows[index - 1]?.level ?? 0) + 1);
        });
      }),
    );
  });

  test('is walked by keys from the first to the last and back, and never out of it', () => {
    fc.assert(
      fc.property(
        anyDecks,
        fc.constantFrom('ArrowDown', 'ArrowUp', 'Home', 'End', 'ArrowLeft', 'ArrowRight', 'x'),
        (list, key) => {
          const rows = deckRows(list, none);
          const names = new Set(rows.map(({ name }) => name));
          for (const { name } of rows) {
            const move = moveInTree(rows, name, key);
            if (move !== null) expect(names).toContain(move.name);
          }
        },
      ),
    );
  });
});

describe('a key in the tree', () => {
  const rows = deckRows(SOME, { closed: new Set(['Spanish::Verbs']), search: '' });
  test.each([
    ['Spanish', 'ArrowDown', { kind: 'focus', name: 'Spanish::Verbs' }],
    ['Spanish', 'ArrowUp', { kind: 'focus', name: 'Anatomy' }],
    ['Anatomy', 'ArrowUp', { kind: 'focus', name: 'Anatomy' }],
    ['Spanish', 'ArrowRight', { kind: 'focus', name: 'Spanish::Verbs' }],
    ['Spanish::Verbs', 'ArrowRight', { kind: 'toggle', name: 'Spanish::Verbs' }],
    ['Spanish', 'ArrowLeft', { kind: 'toggle', name: 'Spanish' }],
    ['Spanish::Verbs', 'ArrowLeft', { kind: 'focus', name: 'Spanish' }],
    ['Anatomy', 'ArrowRight', null],
    ['Anatomy', 'ArrowLeft', null],
    ['Spanish', 'End', { kind: 'focus', name: 'Spanish 10' }],
    ['Spanish 10', 'Home', { kind: 'focus', name: 'Anatomy' }],
    ['gone', 'End', null],
  ])('%s %s', (name, key, move) => expect(moveInTree(rows, name, key)).toEqual(move));
});
