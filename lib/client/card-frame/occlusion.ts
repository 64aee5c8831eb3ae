/**
 * The shapes of an image occlusion card, as Anki 23.10 and later write them: an element with `data-shape`, measures as
 * fractions of the picture's width and height, an angle in degrees about the shape's upper left corner.
 */
export type Size = { readonly width: number; readonly height: number };
/** As it is shown; `zoom` is how many CSS pixels a pixel of its file takes. */
export type Picture = Size & { readonly zoom: number };
type Point = { readonly x: number; readonly y: number };
type Placed = Point & { readonly angle: number };

/** In CSS pixels over a picture of a given size. */
export type Outline =
  | (Placed & { readonly kind: 'rect' } & Size)
  | (Placed & { readonly kind: 'ellipse'; readonly rx: number; readonly ry: number })
  | (Placed & { readonly kind: 'polygon'; readonly points: readonly Point[] })
  | (Placed & { readonly kind: 'text'; readonly text: string; readonly fontSize: number; readonly scale: number });

type Data = Readonly<Record<string, string | undefined>>;

/** Of a text without a size of its own, in pixels of the file. */
const TEXT_SIZE = 40;
const MOST_POINTS = 2_000;

/** Where the shape of an element's `data-` attributes lies over a picture of this size; null for none that can be drawn. */
export function outlineOf(data: Data, picture: Picture): Outline | null {
  const placed = {
    x: fraction(data['left']) * picture.width,
    y: fraction(data['top']) * picture.height,
    angle: fraction(data['angle']),
  };
  switch (data['shape']) {
    case 'rect':
      return rect(placed, data, picture);
    case 'ellipse':
      return ellipse(placed, data, picture);
    case 'polygon':
      return polygon(placed, data, picture);
    case 'text':
      return text(placed, data, picture);
    default:
      return null;
  }
}

/** Absent or unreadable is zero, as Anki has it. */
function fraction(written: string | undefined): number {
  const value = Number.parseFloat(written ?? '');
  return Number.isFinite(value) ? value : 0;
}

function rect(placed: Placed, data: Data, picture: Picture): Outline | null {
  const width = fraction(data['width']) * picture.width;
  const height = fraction(data['height']) * picture.height;
  return width > 0 && height > 0 ? { kind: 'rect', ...placed, width, height } : null;
}

function ellipse(placed: Placed, data: Data, picture: Picture): Outline | null {
  const rx = fraction(data['rx']) * picture.width;
  const ry = fraction(data['ry']) * picture.height;
  return rx > 0 && ry > 0 ? { kind: 'ellipse', ...placed, rx, ry } : null;
}

/** Its points are written `x,y x,y`; `left` and `top` say where the upper left corner of their bounds is. */
function polygon(placed: Placed, data: Data, picture: Picture): Outline | null {
  const points = (data['points'] ?? '')
    .trim()
    .split(/\s+/)
    .slice(0, MOST_POINTS)
    .map((pair) => pair.split(','))
    .filter((pair) => pair.length === 2)
    .map(([x, y]) => ({ x: fraction(x) * picture.width, y: fraction(y) * picture.height }));
  const left = Math.min(...points.map(({ x }) => x));
  const top = Math.min(...points.map(({ y }) => y));
  const moved = points.map(({ x, y }) => ({ x: x - left + placed.x, y: y - top + placed.y }));
  return moved.length >= 3 ? { kind: 'polygon', ...placed, points: moved } : null;
}

function text(placed: Placed, data: Data, picture: Picture): Outline | null {
  const words = data['text'] ?? '';
  const scale = fraction(data['scale']) || 1;
  const fontSize = fraction(data['fontSize']) * picture.height || TEXT_SIZE * picture.zoom;
  return words === '' ? null : { kind: 'text', ...placed, text: words, fontSize, scale };
}

/** What a shape stands for on the side that is shown; null for one that this side does not show. */
export type Mask = 'active' | 'inactive' | 'highlight' | 'text';

export function maskOf(classes: readonly string[], data: Data): Mask | null {
  if (data['shape'] === 'text') return 'text';
  if (classes.includes('cloze')) return 'active';
  if (classes.includes('cloze-highlight')) return 'highlight';
  return classes.includes('cloze-inactive') && data['occludeinactive'] === '1' ? 'inactive' : null;
}
