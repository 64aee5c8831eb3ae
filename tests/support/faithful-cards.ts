/** As AnkiConnect gives them: Anki's default styles and templates. */
const BASIC_STYLE =
  '<style>.card{font-family:arial;font-size:20px;text-align:center;color:black;background-color:white}</style>';

export const basic = (front: string, back: string) => ({
  question: `${BASIC_STYLE}${front}`,
  answer: `${BASIC_STYLE}${front}\n\n<hr id=answer>\n\n${back}`,
});

/** A picture of one colour; `height` and `width` in pixels. */
export const picture = (colour: string, width = 200, height = 100) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${colour}"/></svg>`;

const occlusion = (kind: string, shapes: string, button: string) => `<style>
.card{font-family:arial;font-size:20px;text-align:center;color:black;background-color:white}
#image-occlusion-canvas{--inactive-shape-color:#ffeba2;--active-shape-color:#ff8e8e;--inactive-shape-border:1px #212121;--active-shape-border:1px #212121;--highlight-shape-color:#ff8e8e00;--highlight-shape-border:1px #ff8e8e}
</style><div>Parts of the heart</div><div style="display: none">${shapes}</div><div id="err"></div>
<div id="image-occlusion-container"><img src="heart.svg"><canvas id="image-occlusion-canvas"></canvas></div>
<script>try { anki.imageOcclusion.setup(); } catch (exc) { document.getElementById("err").innerHTML = "${kind}"; }</script>${button}`;

const shape = (className: string, data: string) => `<div class="${className}" data-occludeinactive="1" ${data}></div>`;
const RECT = 'data-ordinal="1" data-shape="rect" data-left=".1" data-top=".2" data-width=".3" data-height=".4"';
const ELLIPSE = 'data-ordinal="2" data-shape="ellipse" data-left=".6" data-top=".2" data-rx=".1" data-ry=".2"';
const POLYGON = 'data-ordinal="3" data-shape="polygon" data-left=".6" data-top=".7" data-points=".6,.7 .8,.7 .7,.95"';
const TEXT =
  'data-ordinal="4" data-shape="text" data-left=".05" data-top=".75" data-text="Aorta" data-scale="1" data-font-size=".12"';

export const OCCLUSION = {
  question: occlusion(
    'q',
    shape('cloze', RECT) +
      shape('cloze-inactive', ELLIPSE) +
      shape('cloze-inactive', POLYGON) +
      shape('cloze-inactive', TEXT),
    '',
  ),
  answer: occlusion(
    'a',
    shape('cloze-highlight', RECT) +
      shape('cloze-inactive', ELLIPSE) +
      shape('cloze-inactive', POLYGON) +
      shape('cloze-inactive', TEXT),
    '<div><button id="toggle">Toggle Masks</button></div>',
  ),
};

export const HINT = basic(
  `capital of Slovakia <a class=hint href="#" onclick="this.style.display='none'; document.getElementById('hint1').style.display='block'; return false;">Hint</a><div id="hint1" class=hint style="display: none">on the Danube</div>`,
  'Bratislava',
);

export const TYPED = [{ field: 'Back', expected: 'Bratislava', ignoresAccents: false }];
