import { expect, test } from 'vitest';
import { diagnose } from '#lib/domain/diagnose.ts';
import type { Facts } from '#lib/domain/facts.ts';
import { answered, around, facts, failed } from '#tests/support/facts.ts';
import { complaint, listener, listeners } from '#tests/support/host-facts.ts';

const commands = (given: Facts, host = around.host) =>
  diagnose(given, { ...around, host }).remedies.map(({ command }) => command);

test('the app is given the very address that answers', () => {
  const name = answered();
  const https = { ...name, target: { kind: 'name', url: 'https://macbook.tail1234.ts.net/health' } as const };
  const onLoopback = { ...complaint(-1004), ...listeners(listener({ address: '127.0.0.1' })) };
  expect(commands(facts(https, onLoopback))).toEqual(['https://macbook.tail1234.ts.net']);
  expect(commands(facts(name, onLoopback))).toEqual(['http://macbook.tail1234.ts.net:8000']);
});

test('Tailscale is to be started only where the address is one of the tailnet', () => {
  const silent = (url: string, address: string): Facts => ({
    name: { ...failed('timeout', 'tcp', { address }), target: { kind: 'name', url } },
    here: false,
    ownName: false,
  });
  const inLan = commands(silent('http://192.168.1.9:8000/health', '192.168.1.9'), '192.168.1.9');
  expect(inLan).toEqual(['ping -c 3 192.168.1.9', null]);
  const inTailnet = silent('http://macbook.tail1234.ts.net:8000/health', '100.64.0.7');
  expect(commands(inTailnet)).toContain('tailscale status');
});
