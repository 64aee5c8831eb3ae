import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { GET } from '#app/api/setup/route.ts';
import { type Setup, setupSchema } from '#lib/contract/setup.ts';
import { readConfig } from '#lib/server/config.ts';
import { type Services, startServices } from '#lib/server/services.ts';
import { printing, runningAs, scriptedTailscale } from '#tests/support/scripted-tailscale.ts';

const HOST = 'macbook.tail1234.ts.net';
const STATUS = runningAs(HOST);
const SERVED = {
  TCP: { 443: { HTTPS: true } },
  Web: { [`${HOST}:443`]: { Handlers: { '/': { Proxy: 'http://127.0.0.1:3000' } } } },
};
const OWNER = { Node: { Name: `${HOST}.` }, UserProfile: { LoginName: 'ada@example.com' } };
/** What is served is read from a file, and every question is noted. */
const TAILSCALE = `case "$*" in
"serve status --json") echo x >> "$0.asked"; cat "$0.state" 2>/dev/null || echo '{}';;
status*)\n${printing(STATUS)}\n;;
whois*)\n${printing(OWNER)}\n;;
esac`;

async function start(env: Record<string, string> = {}): Promise<Services> {
  const dataDir = mkdtempSync(join(tmpdir(), 'lifeline-setup-'));
  const services = await startServices(
    readConfig({ REVIEW_SERVER_URL: 'http://127.0.0.1:9', LIFELINE_DATA_DIR: dataDir, ...env }),
  );
  onTestFinished(async () => {
    await services.close();
    rmSync(dataDir, { recursive: true });
  });
  return services;
}

async function setupNow(headers: Record<string, string> = { host: '127.0.0.1:3000' }): Promise<Setup> {
  const answer = await GET(new Request('http://127.0.0.1:3000/api/setup', { headers }));
  expect(answer.status).toBe(200);
  return setupSchema.parse(await answer.json());
}

const tool = () => process.env['TAILSCALE_BIN'] ?? '';

test('the step turns green within seconds of the command, and tailscale is asked once for all who look', async () => {
  await scriptedTailscale(TAILSCALE);
  await start();
  const looks = await Promise.all(Array.from({ length: 5 }, () => setupNow()));
  expect(looks[0]).toMatchObject({
    serve: { state: 'not-published', command: 'tailscale serve --bg 3000' },
    link: null,
    owner: 'ada@example.com',
    version: '0.1.0',
    build: 'development',
  });
  const asked = (await readFile(`${tool()}.asked`, 'utf8')).length;
  await setupNow();
  expect((await readFile(`${tool()}.asked`, 'utf8')).length).toBe(asked);
  await writeFile(`${tool()}.state`, JSON.stringify(SERVED));
  const patience = performance.now() + 5_000;
  let seen = await setupNow();
  while (seen.serve.state !== 'published' && performance.now() < patience) {
    await sleep(200);
    seen = await setupNow();
  }
  expect(seen).toMatchObject({ serve: { state: 'published', url: `https://${HOST}` }, link: `https://${HOST}` });
});

test('the person at the Mac may change things; a device of somebody else reads who may', async () => {
  await scriptedTailscale(
    TAILSCALE.replace(
      'whois*)',
      `"whois --json 100.64.0.9")\n${printing({ ...OWNER, UserProfile: { LoginName: 'bob@example.com' } })}\n;;\nwhois*)`,
    ),
  );
  await start();
  // The first glance waits for no tool that is slow.
  await setupNow();
  await sleep(300);
  expect((await setupNow()).caller).toMatchObject({ who: 'local', refusal: null });
  const byServe = {
    host: HOST,
    'x-forwarded-for': '100.64.0.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': HOST,
  };
  await setupNow(byServe);
  await sleep(300);
  expect((await setupNow(byServe)).caller).toMatchObject({
    who: 'stranger',
    refusal: expect.stringContaining('ada@example.com'),
  });
});

test('a device of somebody else is told of itself, and of nobody else’s names, logins and addresses', async () => {
  const named = (node: string, login: string) => ({ Node: { Name: `${node}.` }, UserProfile: { LoginName: login } });
  const known = [
    `"whois --json 100.64.0.9")\n${printing(named('iphone', 'ada@example.com'))}\n;;`,
    `"whois --json 100.64.0.10")\n${printing(named('pixel', 'bob@example.com'))}\n;;`,
    'whois*)',
  ];
  await scriptedTailscale(TAILSCALE.replace('whois*)', known.join('\n')));
  const { devicesSeen } = await start();
  const by = (address: string, login: string) => ({
    host: HOST,
    'x-forwarded-for': address,
    'tailscale-user-login': login,
  });
  const [ada, bob] = [by('100.64.0.9', 'ada@example.com'), by('100.64.0.10', 'bob@example.com')];
  for (const headers of [ada, bob]) devicesSeen.note(new Headers(headers));
  const seenBy = async (headers: Record<string, string>) => (await setupNow(headers)).devices.map(({ name }) => name);
  await expect.poll(() => seenBy(ada), { timeout: 5_000 }).toEqual(['iphone', 'pixel']);
  await expect.poll(() => seenBy(bob), { timeout: 5_000 }).toEqual(['pixel']);
  expect(JSON.stringify((await setupNow(bob)).devices)).not.toMatch(/iphone|ada@|100\.64\.0\.9/);
});

test('a tailscale that never ends does not keep the answer from a page, which gives up after 4 s', async () => {
  await scriptedTailscale('sleep 600');
  await start();
  const startedAt = performance.now();
  expect((await setupNow()).serve).toMatchObject({ state: 'unknown', detail: expect.stringMatching(/\S/) });
  expect(performance.now() - startedAt).toBeLessThan(3_800);
});
