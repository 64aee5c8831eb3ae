import { expect, test, vi } from 'vitest';
import { osResolver, pickAddress, type Resolved } from '#lib/probe/resolve.ts';
import { probe, resolvesTo } from '#tests/support/probing.ts';
import { closedPort, HEALTH, ok, replying, targetAt } from '#tests/support/raw-servers.ts';

const NAME = 'macbook.tail1234.ts.net';

test('localhost resolves by the operating system', async () => {
  const resolved = await osResolver()('localhost', 5_000);
  expect(resolved.outcome).toBe('resolved');
  if (resolved.outcome === 'resolved') expect(['127.0.0.1', '::1']).toContain(pickAddress(resolved.addresses));
});

test('a name that cannot exist does not resolve, by whichever word the resolver at hand has for it', async () => {
  const resolved = await osResolver()('nobody.invalid', 15_000);
  expect(resolved).toMatchObject({ outcome: 'unresolved', code: expect.stringMatching(/^E/) });
  if (resolved.outcome === 'unresolved') expect(['not-found', 'dns-failure']).toContain(resolved.reason);
});

test.each(['100.64.0.7', 'fd7a:115c:a1e0::7'])('the literal %s stands for itself', async (literal) => {
  expect(await osResolver()(literal, 0)).toEqual({ outcome: 'resolved', addresses: [literal] });
});

test('a lookup that takes longer than its patience is a timeout', async () => {
  const started = Promise.withResolvers<Resolved>();
  const resolve = osResolver(() => started.promise);
  expect(await resolve(NAME, 20)).toEqual({ outcome: 'unresolved', reason: 'timeout' });
});

test('who asks for a name that is being looked up gets the same answer; who asks later, a new one', async () => {
  const answers = [Promise.withResolvers<Resolved>(), Promise.withResolvers<Resolved>()];
  const lookUp = vi.fn(() => answers[lookUp.mock.calls.length - 1]?.promise ?? Promise.reject(new Error('a third')));
  const resolve = osResolver(lookUp);

  const first = resolve(NAME, 10);
  const second = resolve(NAME, 5_000);
  expect(await first).toMatchObject({ reason: 'timeout' }); // the lookup it began goes on for the second
  const third = resolve(NAME, 5_000);
  expect(lookUp).toHaveBeenCalledTimes(1);
  answers[0]?.resolve({ outcome: 'resolved', addresses: ['100.64.0.7'] });
  expect(await second).toEqual({ outcome: 'resolved', addresses: ['100.64.0.7'] });
  expect(await third).toEqual(await second);

  answers[1]?.resolve({ outcome: 'resolved', addresses: ['100.64.0.8'] });
  expect(await resolve(NAME, 5_000)).toEqual({ outcome: 'resolved', addresses: ['100.64.0.8'] });
  expect(lookUp).toHaveBeenCalledTimes(2);
});

test('IPv4 is picked before IPv6, which is picked before nothing', () => {
  expect(pickAddress(['fd7a:115c:a1e0::7', '100.64.0.7'])).toBe('100.64.0.7');
  expect(pickAddress(['fd7a:115c:a1e0::7'])).toBe('fd7a:115c:a1e0::7');
  expect(pickAddress([])).toBeUndefined();
});

test('a probe by name tells everything the name resolved to, and the one address it went to', async () => {
  const port = await replying(ok(HEALTH));
  expect(await probe(targetAt(port, NAME), { resolve: resolvesTo('::1', '127.0.0.1') })).toMatchObject({
    outcome: 'answered',
    address: '127.0.0.1',
    addresses: ['::1', '127.0.0.1'],
  });
});

test('a probe that fails at its address still tells what the name resolved to', async () => {
  const result = await probe(targetAt(await closedPort(), NAME), { resolve: resolvesTo('127.0.0.1') });
  expect(result).toMatchObject({ failedIn: 'tcp', reason: 'refused', addresses: ['127.0.0.1'] });
  expect(Object.keys(result.timings)).toEqual(['dns', 'tcp']);
});

test.each([
  ['not-found', 'ENOTFOUND'],
  ['dns-failure', 'EAI_AGAIN'],
] as const)('a name that does not resolve (%s) fails in dns', async (reason, code) => {
  const unresolved: Resolved = { outcome: 'unresolved', reason, code };
  const result = await probe(targetAt(8000, NAME), { resolve: () => Promise.resolve(unresolved) });
  expect(result).toMatchObject({ outcome: 'failed', failedIn: 'dns', reason, code });
  expect(Object.keys(result.timings)).toEqual(['dns']);
});

test('a resolver that rejects is a bug of ours: no rejection, but no DNS failure either', async () => {
  const resolve = () => Promise.reject(new Error('a bug'));
  expect(await probe(targetAt(8000, NAME), { resolve })).toMatchObject({
    failedIn: 'dns',
    reason: 'unexplained',
    detail: 'a bug',
  });
});

test('a URL that is none is a result too', async () => {
  expect(await probe({ kind: 'name', url: 'not a url' })).toMatchObject({
    reason: 'unexplained',
    code: 'ERR_INVALID_URL',
  });
});
