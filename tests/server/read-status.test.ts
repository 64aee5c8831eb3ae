import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { GET as status } from '#app/api/status/route.ts';
import { statusSchema } from '#lib/contract/status.ts';
import { readConfig } from '#lib/server/config.ts';
import { startServices } from '#lib/server/services.ts';
import { scriptedTailscale } from '#tests/support/scripted-tailscale.ts';

test('a tailscale that never ends does not keep the glance from a screen, which gives up after 4 s', async () => {
  await scriptedTailscale('sleep 600');
  const dataDir = mkdtempSync(join(tmpdir(), 'lifeline-glance-'));
  const env = { REVIEW_SERVER_URL: 'http://127.0.0.1:9', LIFELINE_DATA_DIR: dataDir, START_COMMAND: '["true"]' };
  const services = await startServices(readConfig(env));
  onTestFinished(async () => {
    await services.close();
    rmSync(dataDir, { recursive: true });
  });
  const startedAt = performance.now();
  const headers = { host: '127.0.0.1:3000' };
  const seen = await (await status(new Request('http://127.0.0.1:3000/api/status', { headers }))).json();
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(statusSchema.parse(seen).start).toMatchObject({
    state: 'not-owner',
    detail: expect.stringContaining('still being asked'),
  });
});
