import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrowserModules, importInto, startBrowserModules } from '#tests/support/browser-modules.ts';

type SpeechText = typeof import('#lib/client/review/speech-text.ts');
const MODULE = '#lib/client/review/speech-text.ts';

type Said = readonly (readonly [text: string, lang: string])[];
type Side = 'question' | 'answer';

let browser: BrowserModules;
let said: (html: string, side?: Side, fallback?: string | null) => Promise<Said>;

beforeAll(async () => {
  browser = await startBrowserModules();
  const module = await importInto<SpeechText>(await browser.newPage(), MODULE);
  said = async (html, side = 'question', fallback = null) => {
    const parts = await module.evaluate(({ spokenParts }, [card, shown, lang]) => spokenParts(card, shown, lang), [
      html,
      side,
      fallback,
    ] as const);
    return parts.map(({ text, lang }) => [text, lang] as const);
  };
}, 60_000);
afterAll(() => browser.close());

const STYLE = '<style>.card { content: "never"; }</style>';

test.each<[what: string, html: string, said: Said]>([
  ['the whole side', `${STYLE}el vaticinio`, [['el vaticinio', 'en-US']]],
  ['the README alone', `Noun<div class="english README">el <b>vaticinio</b></div>`, [['el vaticinio', 'en-US']]],
  [
    'no README but a div of that class',
    `<p class="README">a</p>b`,
    [
      ['a', 'en-US'],
      ['b', 'en-US'],
    ],
  ],
  [
    'no README of another case',
    `<div class="readme">a</div>b`,
    [
      ['a', 'en-US'],
      ['b', 'en-US'],
    ],
  ],
  ['the first of two', `<div class="README">a</div><div class="README">b</div>`, [['a', 'en-US']]],
  [
    'each line by itself',
    'one<br>two<ul><li>three<li>four</ul>',
    [
      ['one', 'en-US'],
      ['two', 'en-US'],
      ['three', 'en-US'],
      ['four', 'en-US'],
    ],
  ],
  ['a word with furigana once, as it is written', '<ruby><rb>日本</rb><rt>にほん</rt></ruby>に', [['日本に', 'en-US']]],
  [
    'a gap as a gap, never its answer',
    'La <span class="cloze" data-cloze="capital" data-ordinal="1">[...]</span> es',
    [['La blank es', 'en-US']],
  ],
  ['a gap with its hint', 'La <span class="cloze">[city]</span> es', [['La blank, city, es', 'en-US']]],
  ['a solved gap', 'La <span class="cloze">capital</span> es', [['La capital es', 'en-US']]],
  ['no attribute', '<img alt="secret" title="secret">seen<a href="secret">link</a>', [['seenlink', 'en-US']]],
  [
    'no script and no style',
    '<script>secret()</script>seen<style>secret</style><template>secret</template>',
    [['seen', 'en-US']],
  ],
  [
    'what only looks like a style as it stands',
    '<!-- <style> -->seen <styled>too</styled> &lt;style&gt;<STYLE\n>.a > b { }</STYLE >',
    [['seen too <style>', 'en-US']],
  ],
  [
    'nothing that is hidden',
    '<a class="hint" href="#">Show hint</a><div class="hint" style="display: none">secret</div>seen',
    [['seen', 'en-US']],
  ],
  ['no mark of Anki', 'el vaticinio [anki:play:q:0] [[type:Back]] [sound:a.mp3]', [['el vaticinio', 'en-US']]],
  ['a formula as one', String.raw`It is \(x^2 + 1\) or \[\frac{1}{2}\].`, [['It is formula or formula .', 'en-US']]],
  ['nothing where there are no words', '<hr> – … <br>[anki:play:q:0]', []],
])('of a question it reads %s', async (_, html, expected) => {
  expect(await said(html)).toEqual(expected);
});

const ANSWER =
  '<div class="from-front"><div class="README" lang="es-ES">el vaticinio</div></div><hr id="answer">prophecy';

test.each<[what: string, html: string, said: Said]>([
  ['only what is new', 'el vaticinio<hr id=answer>prophecy', [['prophecy', 'en-US']]],
  ['what stands in the mark itself', 'front<div id="answer">prophecy</div>', [['prophecy', 'en-US']]],
  [
    'all of it where nothing marks what is new',
    'el vaticinio<hr>prophecy',
    [
      ['el vaticinio', 'en-US'],
      ['prophecy', 'en-US'],
    ],
  ],
  ['no README of the front', ANSWER, [['prophecy', 'en-US']]],
  ['no README before the mark', '<div class="README">a</div><hr id="answer">b', [['b', 'en-US']]],
  ['its own README', `${ANSWER}<div class="README">a prediction</div>`, [['a prediction', 'en-US']]],
  ['what was a gap', 'La [...]<hr id="answer">La <span class="cloze">capital</span> es', [['La capital es', 'en-US']]],
])('of an answer it reads %s', async (_, html, expected) => {
  expect(await said(html, 'answer')).toEqual(expected);
});

test.each<[what: string, html: string, fallback: string | null, said: Said]>([
  ['the card’s own, where it is told', 'casa', 'es-ES', [['casa', 'es-ES']]],
  ['American English where nobody tells', 'house', null, [['house', 'en-US']]],
  ['American English where it is no language', 'house', 'spanish!', [['house', 'en-US']]],
  ['that of the README', '<div class="README" lang="es-ES">casa</div>', 'de-DE', [['casa', 'es-ES']]],
  ['that around the README', '<div lang="fr"><div class="README">maison</div></div>', 'de-DE', [['maison', 'fr']]],
  [
    'the innermost',
    '<div class="README" lang="es-ES"><span lang="en-US">house</span></div>',
    null,
    [['house', 'en-US']],
  ],
  [
    'that of each stretch',
    '<p lang="es">casa, <i lang="en_gb">house</i></p>',
    'de',
    [
      ['casa,', 'es'],
      ['house', 'en-GB'],
    ],
  ],
  ['the outer one, where the inner is no language', '<p lang="es"><i lang="?">casa</i></p>', 'de', [['casa', 'es']]],
])('the language is %s', async (_, html, fallback, expected) => {
  expect(await said(html, 'question', fallback)).toEqual(expected);
});

test('a long text is read sentence by sentence', async () => {
  const sentence = 'The prophecy was made a long time ago by somebody who did not know what would become of it at all.';
  const parts = await said(`${sentence} ${sentence} ${sentence}`);
  expect(parts).toEqual([sentence, sentence, sentence].map((text) => [text, 'en-US']));
});

test('a card that is parsed to be read runs nothing and asks for nothing', async () => {
  const page = await browser.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const module = await importInto<SpeechText>(page, MODULE);
  const title = await module.evaluate(async ({ spokenParts }) => {
    const mark = '<img src="/evil.png" onerror="document.title=\'run\'"><script>document.title="run"</script>';
    spokenParts(`${mark}<style>@import "/evil.css"</style>`, 'question', null);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return document.title;
  });
  expect(title).toBe('empty');
  expect(asked.filter((url) => url.includes('evil'))).toEqual([]);
});

test('a card that is parsed to be read breaks no rule of the page, so that nothing is reported', async () => {
  const page = await browser.newPage();
  const module = await importInto<SpeechText>(page, MODULE);
  const broken = await module.evaluate(async ({ spokenParts }, policy) => {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = policy;
    document.head.append(meta);
    const seen: string[] = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => seen.push(effectiveDirective));
    const side =
      '<style>.a { color: red }</style><STYLE type="text/css">b</STYLE><svg><style>c</style></svg><link rel="stylesheet" href="/evil.css"><script>1</script><i style="color: red">casa</i>';
    const said = spokenParts(side, 'question', null).map(({ text }) => text);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { seen, said };
  }, "default-src 'none'; style-src-elem 'self'; style-src-attr 'unsafe-inline'");
  expect(broken).toEqual({ seen: [], said: ['casa'] });
});
