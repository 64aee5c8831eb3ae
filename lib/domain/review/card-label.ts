const LABEL_LENGTH = 60;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

/** What a side of a card says, cut short: to name the card to the person, never to be parsed or put into a page as HTML. */
export function labelOf(html: string): string {
  const text = html
    .replace(/<(style|script)\b[^>]*>[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\[anki:play:[qa]:\d+\]|\[\[type:[^\]]*\]\]/g, ' ')
    .replace(/&#(\d{1,7});/g, (entity, code: string) => letterOf(Number(code)) ?? entity)
    .replace(/&#x([0-9a-f]{1,6});/gi, (entity, code: string) => letterOf(Number.parseInt(code, 16)) ?? entity)
    .replace(/&(amp|lt|gt|quot|nbsp);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
  const letters = [...text];
  if (letters.length === 0) return 'A card without text';
  return letters.length > LABEL_LENGTH ? `${letters.slice(0, LABEL_LENGTH - 1).join('')}…` : text;
}

const letterOf = (code: number): string | null => (code <= 0x10_ff_ff ? String.fromCodePoint(code) : null);
