import { type Mask, maskOf, type Outline, outlineOf } from './occlusion.ts';

type Paint = { readonly fill: string; readonly stroke: string; readonly width: number };

/** What Anki's own style gives them, for templates that leave them out. */
const DEFAULTS: Readonly<Record<Exclude<Mask, 'text'>, { readonly fill: string; readonly border: string }>> = {
  active: { fill: '#ff8e8e', border: '1px #212121' },
  inactive: { fill: '#ffeba2', border: '1px #212121' },
  highlight: { fill: '#ff8e8e00', border: '1px #ff8e8e' },
};
/** A canvas of more pixels a side stays empty on phones. */
const MOST_PIXELS = 4_096;

/** Draws the masks over an image occlusion card's picture, anew whenever its size changes. Returns what ends that. */
export function drawOcclusions(root: HTMLElement): () => void {
  const container = root.querySelector<HTMLElement>('#image-occlusion-container');
  const canvas = container?.querySelector<HTMLCanvasElement>('canvas#image-occlusion-canvas');
  if (!container || !canvas) return () => {};
  const shown = () => container.setAttribute('data-drawn', '');
  const image = container.querySelector('img');
  if (image === null) {
    shown();
    return () => {};
  }
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', 'Parts of the picture are covered');
  const draw = () => {
    if (image.complete) {
      if (image.naturalWidth > 0) drawAll(root, image, canvas);
      shown();
    }
  };
  const observer = new ResizeObserver(draw);
  observer.observe(image);
  image.addEventListener('load', draw);
  image.addEventListener('error', draw);
  draw();
  return () => observer.disconnect();
}

function drawAll(root: HTMLElement, image: HTMLImageElement, canvas: HTMLCanvasElement): void {
  const { clientWidth: width, clientHeight: height } = image;
  const sharpness = Math.min(devicePixelRatio, MOST_PIXELS / Math.max(width, height, 1));
  canvas.width = Math.round(width * sharpness);
  canvas.height = Math.round(height * sharpness);
  Object.assign(canvas.style, {
    left: `${image.offsetLeft}px`,
    top: `${image.offsetTop}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.scale(sharpness, sharpness);
  const style = getComputedStyle(canvas);
  for (const shape of root.querySelectorAll<HTMLElement>('[data-shape]')) {
    const mask = maskOf([...shape.classList], shape.dataset);
    const outline = outlineOf(shape.dataset, { width, height, zoom: width / image.naturalWidth });
    if (mask !== null && outline !== null) drawOne(pen, outline, paintOf(mask, style));
  }
}

function paintOf(mask: Mask, style: CSSStyleDeclaration): Paint {
  if (mask === 'text') return { fill: '#fff', stroke: '', width: 0 };
  const { fill, border } = DEFAULTS[mask];
  const own = (name: string, otherwise: string) =>
    style.getPropertyValue(`--${mask}-shape-${name}`).trim() || otherwise;
  const [width = '', stroke = ''] = own('border', border).split(/\s+/);
  return { fill: own('color', fill), stroke, width: Number.parseFloat(width) || 0 };
}

function drawOne(pen: CanvasRenderingContext2D, outline: Outline, paint: Paint): void {
  pen.save();
  pen.translate(outline.x, outline.y);
  pen.rotate((outline.angle * Math.PI) / 180);
  if (outline.kind === 'text') drawText(pen, outline);
  else {
    pen.fillStyle = paint.fill;
    const path = pathOf(outline);
    pen.fill(path);
    pen.strokeStyle = paint.stroke;
    pen.lineWidth = paint.width;
    if (paint.width > 0) pen.stroke(path);
  }
  pen.restore();
}

/** About its upper left corner. */
function pathOf(outline: Exclude<Outline, { kind: 'text' }>): Path2D {
  const path = new Path2D();
  switch (outline.kind) {
    case 'rect':
      path.rect(0, 0, outline.width, outline.height);
      break;
    case 'ellipse':
      path.ellipse(outline.rx, outline.ry, outline.rx, outline.ry, 0, 0, Math.PI * 2);
      break;
    case 'polygon':
      for (const { x, y } of outline.points) path.lineTo(x - outline.x, y - outline.y);
      path.closePath();
  }
  return path;
}

function drawText(pen: CanvasRenderingContext2D, { text, fontSize, scale }: Extract<Outline, { kind: 'text' }>): void {
  const PADDING = 5;
  pen.scale(scale, scale);
  pen.font = `${fontSize}px Arial, sans-serif`;
  pen.textBaseline = 'top';
  const lines = text.split('\n');
  const widest = Math.max(...lines.map((line) => pen.measureText(line).width));
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, widest + PADDING, lines.length * fontSize * 1.2 + PADDING);
  pen.fillStyle = '#000';
  for (const [at, line] of lines.entries()) pen.fillText(line, 0, at * fontSize * 1.2);
}
