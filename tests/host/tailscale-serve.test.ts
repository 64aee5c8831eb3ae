import { describe, expect, test } from 'vitest';
import { tailscaleForwards, tailscaleServeTarget } from '#lib/host/tailscale-serve.ts';
import { fc } from '#tests/support/fast-check.ts';
import {
  CLI_ERRORS,
  failing,
  HOSTILE,
  scriptedTailscale,
  tailscalePrinting,
} from '#tests/support/scripted-tailscale.ts';

const HOST = 'macbook.tail1234.ts.net';
const serving = (port: number, proxy: string) => ({
  TCP: { [port]: { HTTPS: true } },
  Web: { [`${HOST}:${port}`]: { Handlers: { '/': { Proxy: proxy } } } },
});

describe('where tailscale serve publishes a local port', () => {
  test('on 443 it has a URL without a port', async () => {
    await tailscalePrinting(serving(443, 'http://127.0.0.1:3000'));
    expect(await tailscaleServeTarget(3000)).toEqual({ told: { url: `https://${HOST}`, isPublic: false } });
    expect(await tailscaleServeTarget(3001)).toEqual({ told: null });
  });

  test('another port is part of the URL', async () => {
    await tailscalePrinting(serving(8443, 'http://localhost:3000'));
    expect(await tailscaleServeTarget(3000)).toMatchObject({ told: { url: `https://${HOST}:8443` } });
  });

  test('Funnel is told, and comes before a place that is private', async () => {
    const [open, closed] = [serving(443, 'http://127.0.0.1:3000'), serving(8443, 'http://127.0.0.1:3000')];
    await tailscalePrinting({
      TCP: { ...closed.TCP, ...open.TCP },
      Web: { ...closed.Web, ...open.Web },
      AllowFunnel: { [`${HOST}:443`]: true, [`${HOST}:8443`]: false },
    });
    expect(await tailscaleServeTarget(3000)).toEqual({ told: { url: `https://${HOST}`, isPublic: true } });
  });

  test('what a running command serves counts', async () => {
    await tailscalePrinting({ TCP: null, Foreground: { session: serving(443, 'http://127.0.0.1:3000'), gone: null } });
    expect(await tailscaleServeTarget(3000)).toMatchObject({ told: { url: `https://${HOST}` } });
  });

  test.each([
    ['nothing at all', null],
    ['an empty configuration', {}],
    ['plain http', { ...serving(80, 'http://127.0.0.1:3000'), TCP: { 80: { HTTP: true } } }],
    ['the port of another machine', serving(443, 'http://100.64.0.8:3000')],
    ['a folder', { TCP: { 443: { HTTPS: true } }, Web: { [`${HOST}:443`]: { Handlers: { '/': { Path: '/srv' } } } } }],
    [
      'the port below another path only',
      {
        TCP: { 443: { HTTPS: true } },
        Web: { [`${HOST}:443`]: { Handlers: { '/lifeline': { Proxy: 'http://127.0.0.1:3000' } } } },
      },
    ],
  ])('%s is not our port over https', async (_, config) => {
    await tailscalePrinting(config);
    expect(await tailscaleServeTarget(3000)).toEqual({ told: null });
  });
});

describe('the ports that tailscale serve answers for others', () => {
  test('raw TCP, https, http and what a running command serves, each with where it leads', async () => {
    await tailscalePrinting({
      TCP: { 443: { HTTPS: true }, 8000: { TCPForward: '127.0.0.1:8000' }, 80: { HTTP: true } },
      Web: {
        [`${HOST}:443`]: { Handlers: { '/': { Proxy: 'http://127.0.0.1:3000' }, '/x': { Path: '/srv' } } },
        [`${HOST}:80`]: { Handlers: { '/': { Proxy: 'http://127.0.0.1:3000' } } },
      },
      AllowFunnel: { [`${HOST}:443`]: true },
      Foreground: { session: serving(8443, 'http://127.0.0.1:8000') },
    });
    expect(await tailscaleForwards()).toEqual({
      told: [
        { port: 8000, speaks: 'tcp', to: '127.0.0.1:8000', isPublic: false },
        { port: 443, speaks: 'https', to: 'http://127.0.0.1:3000', isPublic: true },
        { port: 80, speaks: 'http', to: 'http://127.0.0.1:3000', isPublic: false },
        { port: 8443, speaks: 'https', to: 'http://127.0.0.1:8000', isPublic: false },
      ],
    });
  });

  test('TCP behind encryption that tailscale ends is https to whoever connects, and Funnel covers it too', async () => {
    await tailscalePrinting({
      TCP: { 10000: { TCPForward: '127.0.0.1:8000', TerminateTLS: HOST } },
      AllowFunnel: { [`${HOST}:10000`]: true },
    });
    expect(await tailscaleForwards()).toEqual({
      told: [{ port: 10_000, speaks: 'https', to: '127.0.0.1:8000', isPublic: true }],
    });
  });

  test.each([
    ['nothing', null],
    ['an empty configuration', {}],
    ['a folder', { TCP: { 443: { HTTPS: true } }, Web: { [`${HOST}:443`]: { Handlers: { '/': { Path: '/srv' } } } } }],
    ['a site on a port that is off', { ...serving(443, 'http://127.0.0.1:3000'), TCP: {} }],
    ['what is no port', { TCP: { many: { TCPForward: 'x' }, 0: { TCPForward: 'x' }, 70000: { TCPForward: 'x' } } }],
    ['nulls', { TCP: { 443: null }, Web: { [`${HOST}:443`]: null }, AllowFunnel: null, Foreground: null }],
  ])('are none with %s', async (_, config) => {
    await tailscalePrinting(config);
    expect(await tailscaleForwards()).toEqual({ told: [] });
  });

  test('any JSON is read into real ports or is unreadable', async () => {
    const handler = fc.record({ TCPForward: fc.string(), HTTPS: fc.boolean() }, { requiredKeys: [] });
    const site = fc.record({ Handlers: fc.dictionary(fc.constantFrom('/', '/x'), fc.record({ Proxy: fc.string() })) });
    const key = fc.oneof(fc.string(), fc.integer({ min: -1, max: 70_000 }).map(String));
    const config = fc.record(
      {
        TCP: fc.dictionary(key, handler),
        Web: fc.dictionary(
          key.map((port) => `${HOST}:${port}`),
          site,
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(config, fc.jsonValue()), async (value) => {
        await tailscalePrinting(value);
        const answer = await tailscaleForwards();
        if ('why' in answer) expect(answer.why).toBe('unreadable');
        else for (const { port } of answer.told) expect(port > 0 && port < 65_536).toBe(true);
      }),
      { numRuns: 60, interruptAfterTimeLimit: 8_000 },
    );
  });
});

test.each([...HOSTILE, ['no daemon', failing(CLI_ERRORS.noDaemonMac), 'not-running'] as const])(
  'what is served is unknown after %s',
  async (_, lines, why) => {
    await scriptedTailscale(lines);
    const [target, forwards] = await Promise.all([tailscaleServeTarget(3000), tailscaleForwards()]);
    expect(target).toMatchObject({ why, detail: expect.stringMatching(/\S/) });
    expect(forwards).toEqual(target);
  },
);
