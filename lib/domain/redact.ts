/** Stands where a secret stood. */
const GONE = '***';

/** What the variable, option, header or field of a secret ends with: `OPENAI_API_KEY`, `authToken`, `AWS_ACCESS_KEY_ID`. */
const NAME = [
  '(?:key|token|secret|passw(?:or)?d|passphrase|pwd|auth|authorization|credential|cookie|signature|jwt)s?',
  String.raw`(?:[_-]?(?:id|base|value|hash|header|string|\d{1,3}))?`,
].join('');

const VALUE = [
  String.raw`\*{3}`, // left out already
  String.raw`[bruf]{0,2}"(?:[^"\\\n]|\\.)*"?`, // a string of JSON, Python or a shell, also without its end
  String.raw`[bruf]{0,2}'(?:[^'\\\n]|\\.)*'?`,
  String.raw`\\{1,8}"[^"\n]*"?`, // JSON within a string
  String.raw`[[({][^\])}\n]*[\])}]?`, // a list of them
].join('|');

/** Between name and value. */
const GAP = String.raw`[ \t]{0,4}`;
const SPACE = String.raw`[ \t]{1,4}`;
/** In `Authorization: Bearer x` the first word is no secret, but the second is. */
const SCHEME = `(?:(?:bearer|basic|digest|token|negotiate)${SPACE})?`;

type Rule = readonly [pattern: RegExp, replace: (...match: readonly string[]) => string];

/** Replaces what follows the first group. */
const rest = (_: string, before = ''): string => before + GONE;
const all = (): string => GONE;
const named = (pattern: string): Rule => [new RegExp(pattern, 'gi'), keepQuotes];

/** https://user:password@host */
const LOGIN: Rule = [/(:\/\/)[^\s/?#"'<>]*(?=@)/g, rest];

/** In this order. Nothing repeats within a repetition and nothing looks back further than 40 characters: each is linear. */
const RULES: readonly Rule[] = [
  // A private key in its armour, even without its end.
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, all],
  // What logs a node in to a tailnet; the pages of the admin console are no secret.
  [/(login\.tailscale\.com\/)(?!admin\b)[^\s"'<>]+/gi, rest],
  LOGIN,
  [/(\b(?:cookie|authorization)["']?[ \t]{0,4}:[ \t]{0,4}["']?)[^"'\n]+/gi, rest],
  // "password": "x" and {"pin_key":12,"name":"x"}
  named(String.raw`(${NAME}\\?["']${GAP}(?:=>|:)${GAP})${SCHEME}(?:${VALUE}|[^\s,}\]]+)`),
  // TOKEN=x, --api-key=x, ?key=x, password: x, API_KEY => x
  named(String.raw`(${NAME}(?:=|${SPACE}=>?${SPACE}|${GAP}:${GAP}))${SCHEME}(?:${VALUE}|[^\s"']\S*)`),
  // --token x and "--api-key", "x", but not --no-auth --port
  named(String.raw`((?<![^\s"'])--?(?:[\w-]{0,40}[_-])?${NAME}["']?,?${SPACE})(?!-)(?:${VALUE}|[^\s"']\S*)`),
  // curl -u name:password
  [/((?<!\S)(?:-u|--user)[ =][^\s:]{1,80}:)\S+/g, rest],
  [/\b(bearer[ \t]{1,4})[\w.~+/=-]+/gi, rest],
  // Keys that say what they are.
  [/\b(tskey-|github_pat_|glpat-|xox[abeoprs]-|gh[opsru]_|[prs]k[-_])[\w-]{8,}/g, rest],
  [/\b((?:npm|hf)_)\w{30,}/g, rest],
  [/\b(?:AKIA[A-Z\d]{16}|AIza[\w-]{30,}|eyJ[\w-]{8,}(?:\.[\w-]*){0,2})/g, all],
  // Without the slash first, so that one opaque folder does not take its path along.
  [/[\w+-]{20,}/g, withoutOpaque],
  [/[\w+/-]{32,}/g, withoutOpaque],
  // A login with slashes in it has lost them now.
  LOGIN,
];

/**
 * Leaves out what may be secret in a command line, a log line or a tool's output: values of variables, options and fields
 * whose name says so, logins within URLs, keys of known shape, long opaque strings. The words around stay. A second time
 * changes nothing more. Takes time in proportion to the length.
 */
export const redact = (text: string): string =>
  RULES.reduce((left, [pattern, replace]) => left.replace(pattern, replace), text);

/** So that a line of JSON stays one. */
function keepQuotes(whole: string, before = ''): string {
  const quote = /^[bruf]{0,2}(["'])/i.exec(whole.slice(before.length))?.[1] ?? '';
  return before + quote + GONE + quote;
}

/** Random text turns from letter to digit or from small to capital at every second character, words and paths hardly ever. */
function withoutOpaque(text: string): string {
  const turns = text.match(/[a-z](?=[A-Z\d])|[A-Z](?=\d)|\d(?=[a-zA-Z])/g)?.length ?? 0;
  return turns * 5 > text.length && /\d/.test(text) ? GONE : text;
}
