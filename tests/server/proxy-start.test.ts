import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NextRequest } from 'next/server';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { startServices } from '#lib/server/services.ts';
import { proxy } from '#proxy.ts';
import { HOST, STATUS } from '#tests/support/owner-door.ts';
import { printing, scriptedTailscale } from '#tests/support/scripted-tailscale.ts';

const ask = (host: string) => proxy(new NextRequest('http://localhost:3000/api/status', { headers: { host } }));

test('a phone that asks before Tailscale has told the name of this machine waits for it, and is not refused', async () => {
  const named = { ...STATUS, Self: { ...STATUS.Self, DNSName: `${HOST}.` } };
  await scriptedTailscale(`case "$1" in\nstatus) sleep 0.5\n${printing(named)}\n;;\n*) exit 1;;\nesac`);
  const dataDir = mkdtempSync(join(tmpdir(), 'lifeline-proxy-'));
  const services = await startServices(
    readConfig({ REVIEW_SERVER_URL: 'http://127.0.0.1:9', LIFELINE_DATA_DIR: dataDir }),
  );
  onTestFinished(async () => {
    await services.close();
    rmSync(dataDir, { recursive: true });
  });
  expect(services.tailnet.name()).toBeNull();
  const [own, other] = await Promise.all([ask(HOST), ask('evil.example')]);
  expect(own.headers.get('x-middleware-next')).toBe('1');
  expect([other.status, await other.json()]).toMatchObject([403, { error: { code: 'host' } }]);
});
