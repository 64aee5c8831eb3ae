type Asked = { readonly ordinal: number; readonly side: 'q' | 'a' };

type Deletion = { readonly number: number; readonly text: string; readonly hint: string | undefined };

const CLOZE = /\{\{c(\d+)::((?:(?!\{\{c\d+::).)*?)(?:::((?:(?!\}\}).)*?))?\}\}/s;

/**
 * A field as the `cloze:` filter shows it: the blank that is asked for with its answer in an attribute, the others as they
 * are; shapes on an image as empty elements that say where they are. Source: review reference §4.1.
 */
export function clozeFilter(text: string, asked: Asked): string {
  if (!text.includes(`{{c${asked.ordinal + 1}::`)) return '';
  let rest = text;
  for (let found = CLOZE.exec(rest); found !== null; found = CLOZE.exec(rest)) {
    const [whole, number, inner = '', hint] = found;
    const shown = shapeOf(whole, asked) ?? shownOf({ number: Number(number), text: inner, hint }, asked);
    rest = rest.replace(whole, () => shown);
  }
  return rest;
}

function shownOf({ number, text, hint }: Deletion, { ordinal, side }: Asked): string {
  if (number !== ordinal + 1) return `<span class="cloze-inactive" data-ordinal="${number}">${text}</span>`;
  if (side === 'a') return `<span class="cloze" data-ordinal="${number}">${text}</span>`;
  const answer = text.replace(/[^A-Za-z0-9\u0100-\u{10ffff}]/gu, asEntity);
  return `<span class="cloze" data-cloze="${answer}" data-ordinal="${number}">[${hint ?? '...'}]</span>`;
}

const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

/** As Rust's `htmlescape::encode_attribute` does, so that nothing in the attribute is a mark of a sound. */
const asEntity = (letter: string): string => NAMED[letter] ?? `&#x${letter.charCodeAt(0).toString(16).toUpperCase()};`;

const DATA_NAMES: Readonly<Record<string, string>> = { oi: 'occludeinactive', fs: 'font-size' };

/** `{{c1::image-occlusion:rect:left=.1:top=.2:width=.3:height=.1:oi=1}}` */
function shapeOf(whole: string, { ordinal, side }: Asked): string | null {
  const found = /^\{\{c(\d+)::image-occlusion:([a-z]+):(.*)\}\}$/s.exec(whole);
  if (found === null) return null;
  const [, number, shape, properties = ''] = found;
  const name = Number(number) !== ordinal + 1 ? 'cloze-inactive' : side === 'q' ? 'cloze' : 'cloze-highlight';
  const data = properties.split(':').map((pair) => {
    const [key = '', value = ''] = pair.split('=');
    return `data-${DATA_NAMES[key] ?? key}="${value}"`;
  });
  return `<div class="${name}" data-ordinal="${number}" data-shape="${shape}" ${data.join(' ')}></div>`;
}
