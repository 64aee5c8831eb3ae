import { expect, test } from 'vitest';
import { factsOf, type Place, seeName, seeSide } from '#lib/monitor/situation.ts';
import { around, failed } from '#tests/support/facts.ts';
import { shown, World } from '#tests/support/world.ts';

const lost = failed('dns-failure', 'dns', { code: 'EAI_AGAIN' });
const refused = failed('refused', 'tcp', { kind: 'loopback' });

test('nothing on this machine explains a server of another name, which was never looked up', async () => {
  const world = new World();
  world.here = false;
  world.server = { afterMs: 4, result: lost };
  world.loopback = { afterMs: 1, result: refused };
  world.seen = { listeners: [] };
  world.monitor.start();
  await world.pass(20_000);
  expect(shown(world)).toEqual(['down', 'dns-failure']);
});

const unresolved = (ownName: boolean, lastHere: Place['lastHere']) => {
  const targets = { name: lost.target, sides: [refused.target], ownName, around };
  return factsOf(seeSide(seeName(null, lost), refused), targets, { isOwn: () => false, lastHere });
};

test('a name that led here still does when it cannot be looked up', () => {
  expect(unresolved(false, true)).toMatchObject({ here: true, loopback: refused });
});

test('a name that led elsewhere, or nowhere yet, leaves the sides out', () => {
  expect(unresolved(false, false)).toEqual({ name: lost, here: false, ownName: false });
  expect(unresolved(false, undefined)).toEqual({ name: lost, ownName: false });
});

test('where this machine’s own name led before says nothing while it is not resolved', () => {
  expect(unresolved(true, false)).toEqual({ name: lost, loopback: refused, ownName: true });
});
