type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

const TOKEN = /<(\/?)(dict|array|key|string|integer|true|false)(\/?)>|([^<]+)/g;

/** Reads the kinds of values that a property list of launchd is made of. Throws where it is not well formed. */
export function readPlist(xml: string): Value {
  const body = /<plist version="1.0">([\s\S]*)<\/plist>\s*$/.exec(xml)?.[1] ?? '';
  const tokens = [...body.matchAll(TOKEN)].map(([all, close = '', tag = '', , text]) => ({ all, close, tag, text }));
  let at = 0;
  const next = () => tokens[at++] ?? fail('it ends too early');
  const skipBlank = () => {
    while (tokens[at]?.text?.trim() === '') at += 1;
  };
  const textUntil = (tag: string): string => {
    const text = tokens[at]?.text === undefined ? '' : (next().text ?? '');
    const end = next();
    if (end.close !== '/' || end.tag !== tag) fail(`<${tag}> is not closed`);
    return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  };
  const list = (tag: string): Value[] => {
    const values: Value[] = [];
    for (skipBlank(); tokens[at]?.close !== '/'; skipBlank()) values.push(value());
    if (next().tag !== tag) fail(`<${tag}> is not closed`);
    return values;
  };
  const value = (): Value => {
    skipBlank();
    const { tag, all } = next();
    switch (tag) {
      case 'string':
      case 'key':
        return textUntil(tag);
      case 'integer':
        return Number(textUntil(tag));
      case 'true':
      case 'false':
        return tag === 'true';
      case 'array':
        return list(tag);
      case 'dict': {
        const all = list(tag);
        return Object.fromEntries(all.flatMap((key, place) => (place % 2 === 0 ? [[key, all[place + 1]]] : [])));
      }
      default:
        return fail(`${all} is not known`);
    }
  };
  return value();
}

function fail(why: string): never {
  throw new Error(`not a property list: ${why}`);
}
