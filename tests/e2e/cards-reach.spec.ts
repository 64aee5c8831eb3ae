import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { type CardDriver, driveCards } from '#tests/support/card-driver.ts';
import { type EvilServer, MEDIA_BASE, startEvilServer } from '#tests/support/card-page.ts';
import { picture } from '#tests/support/faithful-cards.ts';

// What a browser's policies do not hold, and the frame therefore does itself.

let cards: CardDriver;
let evil: EvilServer;
let stun: Socket;
let packets = 0;

test.beforeAll(async ({ browser }) => {
  cards = await driveCards(browser, {
    'a.svg': { type: 'image/svg+xml', body: picture('teal') },
    '_s.css': { type: 'text/css', body: '.s{color:rgb(9, 9, 9)}' },
  });
  evil = await startEvilServer();
  stun = createSocket('udp4', () => {
    packets += 1;
  }).bind(0, '127.0.0.1');
  await once(stun, 'listening');
});
test.beforeEach(async () => {
  evil.hits.length = 0;
  await cards.wishes();
});
test.afterAll(async () => {
  stun.close();
  await cards.close();
  await evil.close();
});

const script = (code: string): string => `Words<script>${code}</script>`;
const call = (port: number): string =>
  `const c = new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:${port}'}]}); c.createDataChannel('x'); c.createOffer().then((o) => c.setLocalDescription(o))`;
const framed = (attributes: string, then = ''): string =>
  script(
    `const f = document.createElement('iframe'); Object.assign(f, ${attributes}); document.body.append(f); ${then}`,
  );
const inFrame = (port: number): string => `{srcdoc: '<script>${call(port).replaceAll("'", '"')}<\\/script>'}`;

test.describe('scripts that were let run call nobody by WebRTC', () => {
  for (const [name, html] of [
    ['by themselves', (port: number) => script(call(port))],
    [
      'from a frame of the card',
      (port: number) => `<iframe srcdoc='<script>${call(port).replaceAll("'", '"')}</script>'>`,
    ],
    ['from a frame that they make', (port: number) => framed(inFrame(port))],
    [
      'from a frame that they make, and leave no time',
      (port: number) => framed(inFrame(port), 'const end = Date.now() + 700; while (Date.now() < end);'),
    ],
    [
      'from an address that is a script',
      (port: number) => framed(`{src: 'javascript:' + ${JSON.stringify(call(port))}}`),
    ],
  ] as const) {
    test(name, async () => {
      packets = 0;
      await cards.show({ question: html(stun.address().port), scripts: true });
      await cards.page.waitForTimeout(1_200);
      expect(packets).toBe(0);
      expect(await cards.state()).toMatchObject({ kind: 'shown', scriptsStopped: false });
    });
  }
});

const LINKS: readonly (readonly [string, (evil: string) => string])[] = [
  ['a link', (url) => `<a id=go href="${url}/a">go</a>`],
  ['a link into a new page', (url) => `<a id=go href="${url}/a" target=_blank>go</a>`],
  ['a link in SVG', (url) => `<svg viewBox="0 0 90 30"><a xlink:href="${url}/a"><text id=go y=20>go</text></a></svg>`],
];

test.describe('a link is asked for, and opened by nothing in the card', () => {
  for (const [name, html] of LINKS) {
    for (const how of [{ button: 'middle' }, { modifiers: ['ControlOrMeta'] }, { modifiers: ['Shift'] }] as const) {
      test(`${name}, pressed with ${JSON.stringify(how)}`, async () => {
        const { page, show, inside, wishes } = cards;
        await show({ question: html(evil.url) });
        await inside.locator('#go').click({ ...how, modifiers: 'modifiers' in how ? [...how.modifiers] : [] });
        await expect.poll(wishes).toMatchObject([{ type: 'link', href: `${evil.url}/a` }]);
        await page.waitForTimeout(300);
        expect(page.context().pages()).toHaveLength(1);
        expect(evil.hits).toEqual([]);
      });
    }
  }

  test('nor where a script keeps the press from us', async () => {
    const { page, show, inside } = cards;
    const stop = `for (const type of ['click', 'auxclick']) addEventListener(type, (e) => e.stopImmediatePropagation(), true)`;
    await show({ question: `<a id=go href="${evil.url}/a">go</a>${script(stop)}`, scripts: true });
    await inside.locator('#go').click({ button: 'middle' });
    await inside.locator('#go').click({ modifiers: ['ControlOrMeta'] });
    await page.waitForTimeout(300);
    expect(page.context().pages()).toHaveLength(1);
    expect(evil.hits.filter((hit) => hit !== 'CONNECT')).toEqual([]);
  });
});

test('a script presses no link: it would choose when the person is asked', async () => {
  const { page, show, wishes } = cards;
  const press = `for (const how of [{}, {button: 1}, {ctrlKey: true}]) go.dispatchEvent(new MouseEvent(how.button ? 'auxclick' : 'click', {bubbles: true, cancelable: true, ...how}))`;
  await show({ question: `<a id=go href="${evil.url}/a">go</a>${script(press)}`, scripts: true });
  await page.waitForTimeout(300);
  expect((await wishes()).filter(({ type }) => type === 'link')).toEqual([]);
  expect(page.context().pages()).toHaveLength(1);
});

test.describe('in a deck whose pictures from elsewhere are shown, its styles still load nothing from there', () => {
  for (const [name, css] of [
    ['escaped', (url: string) => `p{background:u\\72l(${url}/a)}`],
    ['a set of pictures', (url: string) => `p{background:image-set("${url}/a" 1x)}`],
    ['a set of pictures, by its older name', (url: string) => `p{background:-webkit-image-set("${url}/a" 1x)}`],
    ['in a variable', (url: string) => `:root{--a:"${url}/a"}p{background:image-set(var(--a) 1x)}`],
    ['in a variable, as a URL', (url: string) => `:root{--a:u\\72l(${url}/a)}p{background:var(--a)}`],
    ['not closed', (url: string) => `p{background:url(${url}/a`],
    ['a string not closed', (url: string) => `p{background:image-set("${url}/a`],
    ['after a string not closed', (url: string) => `p{color:"x\n;background:url(${url}/a)}p{background:url(${url}/a)}`],
    ['after a line that goes on', (url: string) => `p{--x:"\\\r\n";background:url(${url}/a)}`],
    ['after a comment in an address', (url: string) => `p{background:url(/*);background:url(${url}/a);color:red/*)*/}`],
    ['by what a picture’s address is', (url: string) => `img[src*="token"]{content:u\\72l(${url}/a)}`],
  ] as const) {
    test(name, async () => {
      const { page, show } = cards;
      const style = css(evil.url);
      const attribute = style
        .replace(/^.*?p\{|\}.*$/gs, '')
        .replaceAll('&', '&amp;')
        .replaceAll("'", '&#39;');
      const media = { 'a.svg': { url: `${MEDIA_BASE}a.svg` } };
      await show({
        question: `<style>${style}</style><p style='${attribute}'>Words</p><img src="a.svg">`,
        remoteImages: true,
        media,
      });
      await page.waitForTimeout(300);
      expect(evil.hits).toEqual([]);
    });
  }
});

test('a card’s own sheet is loaded as a link too, and no link asks for anything else', async () => {
  const { page, show, inside } = cards;
  const links = ['preconnect', 'dns-prefetch', 'prefetch', 'stylesheet'].map(
    (rel) => `<link rel=${rel} href="${evil.url}/x">`,
  );
  const media = { '_s.css': { url: `${MEDIA_BASE}_s.css` } };
  for (const scripts of [false, true]) {
    await show({ question: `<link rel=stylesheet href=_s.css>${links.join('')}<p class=s>Words</p>`, media, scripts });
    await expect(inside.locator('.s')).toHaveCSS('color', 'rgb(9, 9, 9)');
  }
  await page.waitForTimeout(300);
  expect(evil.hits).toEqual([]);
});

test('what a script sends to the page is not read, since reading it would cost the page seconds', async () => {
  const { page, show, state } = cards;
  await page.evaluate(() => {
    const read = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')?.get;
    const counts = { arrived: 0, read: 0 };
    Object.assign(window, { counts });
    addEventListener('message', () => {
      counts.arrived += 1;
    });
    Object.defineProperty(MessageEvent.prototype, 'data', {
      get(this: MessageEvent) {
        if (this.source !== null) counts.read += 1;
        return read?.call(this);
      },
    });
  });
  const send = `const big = Array.from({length: 1e6}, (_, a) => ({a})); for (let n = 0; n < 5; n++) parent.postMessage(big, '*')`;
  await show({ question: script(`setTimeout(() => { ${send} }, 300)`), scripts: true });
  // The first is the frame's own, with the port.
  const counts = () => page.evaluate(() => Reflect.get(window, 'counts'));
  await expect.poll(counts, { timeout: 30_000 }).toEqual({ arrived: 6, read: 0 });
  expect(await state()).toMatchObject({ kind: 'shown', scriptsStopped: false });
});
