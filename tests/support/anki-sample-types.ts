import type { NoteType } from './anki-model.ts';

const CSS = `.card { font-family: -apple-system, "Helvetica Neue", sans-serif; font-size: 28px; text-align: center; color: #1c1c1e; background: #ffffff; }
.nightMode.card { color: #f2f2f7; background: #1c1c1e; }
.iphone .card { font-size: 32px; }
.example { font-size: 0.65em; opacity: 0.75; margin-top: 1em; }
img { border-radius: 8px; }`;

const type = (name: string, fields: readonly string[], [front, back]: readonly [string, string]): NoteType => ({
  name,
  fields,
  templates: [{ name: 'Card 1', front, back }],
  css: CSS,
  isCloze: false,
});

/** As the voice app wants it: what is read aloud is a README, in a language. */
export const VOCABULARY = type(
  'Spanish word',
  ['Spanish', 'English', 'Example', 'Picture', 'Audio'],
  [
    '<div class="README" lang="es">{{Spanish}}</div>{{#Audio}}{{Audio}}{{/Audio}}',
    '{{FrontSide}}<hr id=answer><div class="README" lang="en-US">{{English}}</div>{{#Picture}}<div>{{Picture}}</div>{{/Picture}}{{#Example}}<div class="example" lang="es">{{Example}}</div>{{/Example}}',
  ],
);

export const VERB: NoteType = {
  name: 'Verb (and reversed)',
  fields: ['Infinitive', 'Meaning', 'Hint'],
  templates: [
    { name: 'Forward', front: '{{Infinitive}}{{hint:Hint}}', back: '{{FrontSide}}<hr id=answer>{{Meaning}}' },
    { name: 'Backward', front: '{{Meaning}}', back: '{{FrontSide}}<hr id=answer>{{Infinitive}}' },
  ],
  css: CSS,
  isCloze: false,
};

export const CLOZE: NoteType = {
  name: 'Cloze',
  fields: ['Text', 'Back Extra'],
  templates: [{ name: 'Cloze', front: '{{cloze:Text}}', back: '{{cloze:Text}}<br>{{Back Extra}}' }],
  css: `${CSS}\n.cloze { font-weight: bold; color: #0a6cff; }\n.nightMode .cloze { color: #6cb2ff; }`,
  isCloze: true,
};

export const TYPED = type(
  'Basic (type in the answer)',
  ['Front', 'Back'],
  ['{{Front}}\n\n{{type:nc:Back}}', '{{Front}}\n\n<hr id=answer>\n\n{{type:nc:Back}}'],
);

export const TYPED_CLOZE: NoteType = {
  ...CLOZE,
  name: 'Cloze (type in the answer)',
  templates: [
    { name: 'Cloze', front: '{{cloze:Text}}<br>{{type:cloze:Text}}', back: '{{cloze:Text}}<br>{{type:cloze:Text}}' },
  ],
};

/** Its speech is Anki's own: it has no file, and counts among the sounds. */
export const JAPANESE = type(
  'Japanese word',
  ['Expression', 'Meaning', 'Audio'],
  [
    '<span lang="ja">{{kanji:Expression}}</span>{{tts ja_JP voices=Apple_Kyoko:Expression}}',
    '<span lang="ja">{{furigana:Expression}}</span>{{Audio}}<hr id=answer>{{Meaning}}',
  ],
);

/** As Anki makes it, the script that draws its shapes included. */
export const IMAGE_OCCLUSION: NoteType = {
  name: 'Image Occlusion',
  fields: ['Occlusion', 'Image', 'Header', 'Back Extra', 'Comments'],
  templates: [
    {
      name: 'Image Occlusion',
      front: `{{#Header}}<div>{{Header}}</div>{{/Header}}
<div style="display: none">{{cloze:Occlusion}}</div>
<div id="err"></div>
<div id="image-occlusion-container">{{Image}}<canvas id="image-occlusion-canvas"></canvas></div>
<script>try { anki.imageOcclusion.setup(); } catch (exc) { document.getElementById("err").innerHTML = "Error loading image occlusion."; }</script>`,
      back: `{{#Header}}<div>{{Header}}</div>{{/Header}}
<div style="display: none">{{cloze:Occlusion}}</div>
<div id="err"></div>
<div id="image-occlusion-container">{{Image}}<canvas id="image-occlusion-canvas"></canvas></div>
<script>try { anki.imageOcclusion.setup(); } catch (exc) { document.getElementById("err").innerHTML = "Error loading image occlusion."; }</script>
{{#Back Extra}}<div>{{Back Extra}}</div>{{/Back Extra}}`,
    },
  ],
  css: `#image-occlusion-canvas { --inactive-shape-color: #ffeba2; --active-shape-color: #ff8e8e; }
.card { font-family: arial; font-size: 20px; text-align: center; color: black; background-color: white; }`,
  isCloze: true,
};

export const FORMULA = type(
  'Formula',
  ['Question', 'Formula'],
  ['{{Question}}', '{{FrontSide}}<hr id=answer>{{Formula}}'],
);

/** Its template has a script, as many shared decks have: it needs its owner's leave to run. */
export const SCRIPTED = type(
  'Shuffled list',
  ['Question', 'Items'],
  [
    '{{Question}}<ul id="items">{{Items}}</ul><script>var list = document.getElementById("items"); for (var left = list.children.length; left > 0; left -= 1) list.appendChild(list.children[Math.floor(Math.random() * left)]);</script>',
    '{{Question}}<hr id=answer><ol>{{Items}}</ol>',
  ],
);
