import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { missingNetworkTools } from '#scripts/network-tools.mjs';

test('a tool is missing unless one of the folders of PATH has it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-tools-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'nft'), '');
  const none = ['ip', 'nft', 'nsenter', 'ps', 'ss', 'unshare'];
  expect(missingNetworkTools({ NODE_ENV: 'test', PATH: '' })).toEqual(none);
  const path = ['', join(folder, 'nothing'), folder].join(delimiter);
  expect(missingNetworkTools({ NODE_ENV: 'test', PATH: path })).toEqual(none.filter((name) => name !== 'nft'));
});
