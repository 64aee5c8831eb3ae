import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '#lib/server/config.ts';
import { startServices } from '#lib/server/services.ts';

test('where the devices cannot be kept, no phone is given a key to subscribe with, and why is told', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'lifeline-unkept-'));
  mkdirSync(join(dataDir, 'devices.db'));
  const services = await startServices(
    readConfig({ LIFELINE_DATA_DIR: dataDir, REVIEW_SERVER_URL: 'http://127.0.0.1:9' }),
  );
  onTestFinished(async () => {
    await services.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  expect(services.storageProblem).toBeNull();
  expect(services.alerts.carrier.publicKey()).toBeNull();
  expect(services.alerts.problem()).toMatch(
    /^No alert can be sent, because nothing of it can be kept\. .*devices\.db.* in memory only\.$/,
  );
});
