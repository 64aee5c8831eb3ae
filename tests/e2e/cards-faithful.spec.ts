import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { CARD_MATH_URL } from '#lib/contract/card-frame.ts';
import { type CardDriver, driveCards } from '#tests/support/card-driver.ts';
import { MEDIA_BASE } from '#tests/support/card-page.ts';
import { basic, HINT, OCCLUSION, picture, TYPED } from '#tests/support/faithful-cards.ts';

const SVG = 'image/svg+xml';
const woff = readFileSync('node_modules/mathjax/es5/output/chtml/fonts/woff-v2/MathJax_Main-Regular.woff');

let cards: CardDriver;
test.beforeAll(async ({ browser }) => {
  cards = await driveCards(browser, {
    'heart.svg': { type: SVG, body: picture('teal', 300, 150) },
    'caf\u00e9 #1.svg': { type: SVG, body: picture('navy') },
    '_f.woff': { type: 'font/woff', body: woff },
    '_style.css': { type: 'text/css', body: '.styled{color:rgb(1, 2, 3)}' },
  });
});
test.afterAll(() => cards.close());

const given = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { url: MEDIA_BASE + encodeURIComponent(name) }]));
const classesOf = (selector: string) => cards.inside.locator(selector).first().getAttribute('class');

test('the document is what decks are written for, by day and by night', async () => {
  const { show, change, inside } = cards;
  await show({ ...basic('front', 'back'), ordinal: 1, languages: { front: 'de-DE', back: null } });
  await expect(inside.locator('html')).toHaveAttribute('lang', 'de-DE');
  expect(await classesOf('html')).toBe('mobile iphone ios safari');
  expect(await classesOf('body')).toBe('card card2');
  await expect(inside.locator('#qa')).toHaveAttribute('dir', 'auto');
  await expect(inside.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await change({ night: true });
  await expect(inside.locator('body')).toHaveClass('card card2 nightMode night_mode');
  await expect(inside.locator('body')).toHaveCSS('background-color', 'rgb(28, 28, 30)');
});

test('turning over happens in the same document, asks nobody, and scrolls to the answer', async () => {
  const { show, change, inside, frame, server } = cards;
  const { question, answer } = basic(`<p style="height:2000px">long</p>`, '<img src="heart.svg"> the answer');
  await show({ question, answer, media: given('heart.svg') });
  await frame().evaluate(() => Object.assign(document.documentElement.dataset, { same: 'yes' }));
  await expect.poll(() => server.mediaAsked.length).toBeGreaterThan(0);
  const asked = server.mediaAsked.length;
  await change({ side: 'answer' });
  await expect(inside.locator('html')).toHaveAttribute('data-same', 'yes');
  await expect(inside.getByText('the answer')).toBeInViewport();
  expect(server.mediaAsked).toHaveLength(asked);
  await change({ side: 'question' });
  expect(await frame().evaluate(() => scrollY)).toBe(0);
});

test('pictures, fonts and styles are found by their names, from the Mac or from the phone', async () => {
  const { page, show, inside, frame } = cards;
  const style = `<style>@import "_style.css"; /* a < b, <c> */ @font-face{font-family:F;src:url(_f.woff)} .f{font-family:F} .bg{background:url('heart.svg')}</style>`;
  const question = `${style}<img id=a src="cafe\u0301 #1.svg"><img id=b srcset="heart.svg 1x, https://elsewhere.example/x.png 2x"><p class="f bg styled">x</p>`;
  await show({ question, media: given('heart.svg', 'caf\u00e9 #1.svg', '_f.woff', '_style.css') });
  for (const id of ['a', 'b']) {
    await expect
      .poll(() => inside.locator(`#${id}`).evaluate((i) => (i as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0);
  }
  await expect.poll(() => frame().evaluate(() => document.fonts.check('16px F', 'x'))).toBe(true);
  await expect(inside.locator('.styled')).toHaveCSS('color', 'rgb(1, 2, 3)');
  await expect(inside.locator('.bg')).toHaveCSS('background-image', new RegExp(`${MEDIA_BASE}heart.svg`));
  await page.evaluate((svg) => {
    const bytes = new TextEncoder().encode(svg).buffer;
    window.cardPage.show({
      question: '<img id=c src="own.svg">',
      media: { 'own.svg': { bytes, type: 'image/svg+xml' } },
    });
  }, picture('green'));
  await expect.poll(() => inside.locator('#c').evaluate((i) => (i as HTMLImageElement).naturalWidth)).toBe(200);
});

test('a picture that is not there, or is elsewhere, says so in its place', async () => {
  const { show, inside } = cards;
  await show({ question: '<img src="gone.png"><img src="https://elsewhere.example/x.png">' });
  await expect(inside.getByText('Picture gone.png not found')).toBeVisible();
  await expect(inside.getByText('Picture from elsewhere.example not loaded')).toBeVisible();
});

test('pictures from elsewhere are shown where the owner allowed it', async () => {
  const { page, show, inside } = cards;
  await page.route('https://elsewhere.example/**', (route) =>
    route.fulfill({ contentType: SVG, body: picture('red') }),
  );
  await show({ question: '<img id=r src="https://elsewhere.example/x.svg">', remoteImages: true });
  await expect.poll(() => inside.locator('#r').evaluate((i) => (i as HTMLImageElement).naturalWidth)).toBe(200);
});

test('a sound has a button that says which it is', async () => {
  const { show, change, inside, wishes } = cards;
  await show({ question: 'x [anki:play:q:1]', answer: '[anki:play:q:0] y [anki:play:a:2]' });
  await inside.getByRole('button', { name: 'Play sound' }).click();
  await change({ side: 'answer' });
  await inside.getByRole('button', { name: 'Play sound' }).last().press(' ');
  expect(await wishes()).toMatchObject([
    { type: 'play', side: 'question', index: 1 },
    { type: 'play', side: 'answer', index: 2 },
  ]);
});

test('an answer is typed, Enter turns the card over, and it is compared', async () => {
  const { show, change, inside, wishes } = cards;
  const { question, answer } = basic('capital of Slovakia [[type:Back]]', '[[type:Back]]');
  await show({ question, answer: answer.replaceAll('Slovakia [[type:Back]]', 'Slovakia'), typed: TYPED });
  const field = inside.getByRole('textbox', { name: 'Your answer' });
  await field.fill('Bratislva');
  await field.press('Enter');
  expect(await wishes()).toMatchObject([{ type: 'typed', field: 'Back', text: 'Bratislva' }, { type: 'tap' }]);
  await change({ side: 'answer' });
  await expect(inside.locator('code#typeans .typeMissed')).toHaveText(['-', 'a']);
  await expect(inside.locator('code#typeans')).toContainText('Bratisl-va↓Bratislava');
  await expect(inside.locator('hr#answer + code, hr#answer ~ code')).toHaveCount(1);
  await change({ mayType: false });
  await expect(inside.locator('code#typeans')).toHaveText('Bratislava');
});

test('hints open, clozes and readings stand as they are', async () => {
  const { show, inside, wishes } = cards;
  await show({
    ...HINT,
    question: `${HINT.question}<span class=cloze data-cloze="ANSWER">[...]</span><ruby><rb>日</rb><rt>に</rt></ruby>`,
  });
  await expect(inside.getByText('on the Danube')).toBeHidden();
  await inside.getByText('Hint', { exact: true }).click();
  await expect(inside.getByText('on the Danube')).toBeVisible();
  await expect(inside.getByText('Hint', { exact: true })).toBeHidden();
  await expect(inside.locator('.cloze')).toHaveText('[...]');
  await expect(inside.locator('ruby rb')).toHaveText('日');
  expect(await wishes()).toEqual([]);
});

const maskAt = (x: number, y: number) =>
  cards.inside.locator('#image-occlusion-canvas').evaluate(
    (canvas, at) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const pen = (canvas as HTMLCanvasElement).getContext('2d');
      return [...(pen?.getImageData(at.x * width, at.y * height, 1, 1).data ?? [])];
    },
    { x, y },
  );

test('an occluded picture is covered where its note says, and uncovered with the answer', async () => {
  const { show, change, inside } = cards;
  await show({ ...OCCLUSION, media: given('heart.svg') });
  await expect(inside.locator('[data-drawn]')).toHaveCount(1);
  expect(await maskAt(0.25, 0.4)).toEqual([255, 142, 142, 255]);
  expect(await maskAt(0.7, 0.4)).toEqual([255, 235, 162, 255]);
  expect(await maskAt(0.7, 0.8)).toEqual([255, 235, 162, 255]);
  expect(await maskAt(0.07, 0.86)).not.toEqual([0, 0, 0, 0]);
  expect(await maskAt(0.9, 0.05)).toEqual([0, 0, 0, 0]);
  const [image, canvas] = [inside.locator('img'), inside.locator('canvas')];
  expect(await canvas.boundingBox()).toEqual(await image.boundingBox());
  await change({ side: 'answer' });
  await expect(inside.locator('[data-drawn]')).toHaveCount(1);
  expect((await maskAt(0.25, 0.4))[3]).toBe(0);
  expect(await maskAt(0.7, 0.4)).toEqual([255, 235, 162, 255]);
  await inside.getByRole('button', { name: 'Toggle Masks' }).click();
  await expect(canvas).toBeHidden();
  await expect(inside.locator('#err')).toBeEmpty();
});

test('formulas are set, also chemical ones, and MathJax is fetched for them only', async ({ browser }) => {
  const fresh = await driveCards(browser);
  const asked: string[] = [];
  fresh.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await fresh.show(basic('no $x$', 'none'));
  expect(asked).not.toContain(CARD_MATH_URL);
  await fresh.show(basic(String.raw`\(\frac{a}{b}\) and \[\ce{H2O} \coloneqq \boxed{x}\]`, String.raw`\(\sqrt2\)`));
  await expect(fresh.inside.locator('mjx-container')).toHaveCount(2);
  await expect(fresh.inside.locator('mjx-merror')).toHaveCount(0);
  await expect(fresh.inside.locator('#qa')).toHaveCSS('opacity', '1');
  const hasFont = () =>
    fresh
      .frame()
      .evaluate(() => [...document.fonts].some(({ family, status }) => /MJXTEX/.test(family) && status === 'loaded'));
  await expect.poll(hasFont).toBe(true);
  await fresh.change({ side: 'answer' });
  await expect(fresh.inside.locator('mjx-msqrt')).toHaveCount(1);
  // What one card defines is not there for the next.
  await fresh.show(basic(String.raw`\(\def\frac{mine}\frac\)`, ''));
  await fresh.show(basic(String.raw`\(\frac{a}{b}\)`, ''));
  await expect(fresh.inside.locator('mjx-mfrac')).toHaveCount(1);
  expect(asked.filter((path) => path === CARD_MATH_URL)).toHaveLength(1);
  await fresh.close();
});

test('pictures of LaTeX are light on dark by night', async () => {
  const { show, inside } = cards;
  await show({ question: '<img class=latex src="heart.svg">', media: given('heart.svg'), night: true });
  await expect(inside.locator('.latex')).toHaveCSS('filter', 'invert(1)');
});

test('a tap turns over, a link asks, and the keys stay with the page', async () => {
  const { page, show, inside, wishes } = cards;
  await show({
    question:
      'word <a href="https://example.org/a?b=c">link</a> <a href="#z">down</a><details><summary>more</summary>text</details>',
  });
  await inside.getByText('link').click();
  await inside.getByText('down').click();
  await inside.getByText('more').click();
  await expect(inside.getByText('text')).toBeVisible();
  await inside.locator('html').click({ position: { x: 5, y: 700 } });
  expect(await wishes()).toMatchObject([{ type: 'link', href: 'https://example.org/a?b=c' }, { type: 'tap' }]);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  await page.evaluate(() => addEventListener('keydown', ({ key }) => Object.assign(window, { pressed: key })));
  await page.keyboard.press('3');
  expect(await page.evaluate(() => 'pressed' in window && window.pressed)).toBe('3');
});

test('nothing of a card is left for the next', async () => {
  const { show, inside, wishes } = cards;
  await show({ question: '<style>b{color:red}</style><b style="position:fixed">x</b>', night: true });
  await show({ question: '<b>y</b>' });
  await expect(inside.locator('b')).toHaveCSS('color', 'rgb(0, 0, 0)');
  await expect(inside.locator('body')).toHaveClass('card card1');
  await show({
    question: '<script>setInterval(() => pycmd("ans"), 50); document.body.dataset.mine = 1</script>',
    scripts: true,
  });
  await show({ question: 'after' });
  await wishes();
  await cards.page.waitForTimeout(300);
  expect(await wishes()).toEqual([]);
  await expect(inside.locator('body')).not.toHaveAttribute('data-mine', '1');
});

test('scripts that the owner let run find what they find in Anki', async () => {
  const { show, change, inside, wishes } = cards;
  const question =
    '<p id=p></p><button onclick="pycmd(\'ans\')">turn</button><script>onUpdateHook.push(() => { p.textContent = "updated" })</script>';
  await show({
    question,
    answer: '<i id=i></i><script>i.textContent = "script of the answer"</script>',
    scripts: true,
  });
  await expect(inside.getByText('updated')).toBeVisible();
  await inside.getByText('turn').click();
  expect(await wishes()).toMatchObject([{ type: 'tap' }]);
  await change({ side: 'answer' });
  await expect(inside.getByText('script of the answer')).toBeVisible();
});
