import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { mayAct } from '#lib/server/owner.ts';
import { door, OWNER, PHONE, served, type World, whois } from '#tests/support/owner-door.ts';
import { printing } from '#tests/support/scripted-tailscale.ts';

describe('for a screen, which must not wait', () => {
  const STILL = { allowed: false, detail: expect.stringMatching(/^[A-Z].*still being asked/) };

  test.each<[string, World, Record<string, string>]>([
    ['its status', { status: 'sleep 600' }, { host: 'localhost' }],
    ['what is served', { serve: 'sleep 600' }, { host: 'localhost' }],
    ['whose device this is', { whois: 'sleep 600' }, served()],
  ])(
    'a tailscale that never tells %s leaves a stranger soon, who reads that it is asked',
    async (_, world, headers) => {
      const { callerNow } = await door(world);
      await callerNow(headers);
      expect(mayAct(await callerNow(headers), 'start')).toEqual(STILL);
    },
  );

  test('each question is asked once at a time, however many look meanwhile', async () => {
    const { callerNow, clock, asked } = await door({ status: 'sleep 600', serve: 'sleep 600' });
    for (const ms of [0, 61_000, 122_000]) {
      clock.ms = ms;
      await Promise.all([callerNow(served()), callerNow({ host: 'localhost' })]);
    }
    expect(await asked()).toEqual(['serve status --json', 'status --json --peers=false']);
  });

  test('who waited once is known at once from then on, by the last answer while the next one is asked for', async () => {
    const { callerOf, callerNow, clock, asked } = await door({
      whois: `[ -e "$0.late" ] && sleep 600\n${printing(whois(OWNER))}`,
    });
    expect(await callerOf(served())).toEqual({ who: 'owner', login: OWNER });
    await writeFile(`${process.env['TAILSCALE_BIN']}.late`, '');
    clock.ms = 3_600_000;
    // Had it waited for the answer of now, nobody would be known.
    expect(await callerNow(served())).toEqual({ who: 'owner', login: OWNER });
    await expect.poll(async () => (await asked()).filter((line) => line.endsWith(PHONE))).toHaveLength(2);
    // Who acts waits for the answer of now.
    expect(mayAct(await callerOf(served()), 'start')).toMatchObject({
      allowed: false,
      detail: expect.stringMatching(/in time/),
    });
    expect(await callerNow(served())).toMatchObject({ who: 'stranger' });
  });
});
