/** Names of fewer letters are words that stand in every text, and say nothing about anybody. */
const LEAST_LENGTH = 5;
/** Stands where a placeholder would itself say a name. */
const GONE = '…';
/** Masking twice may uncover something only in texts made to do so. */
const MOST_PASSES = 8;

type Kind = keyof typeof PLACEHOLDERS;
/** What stands for the n-th of a kind. None of them looks like what it stands for, so a second masking leaves them alone. */
const PLACEHOLDERS = {
  login: (n: number) => `login-${n}`,
  host: (n: number) => `host-${n}.tailnet.ts.net`,
  tailnet: () => 'tailnet.ts.net',
  tailnet4: (n: number) => `100.x.x.${n}`,
  lan4: (n: number) => `lan.x.x.${n}`,
  wan4: (n: number) => `wan.x.x.${n}`,
  tailnet6: (n: number) => `fd7a:x:x:${n}`,
  lan6: (n: number) => `lan:x:x:${n}`,
  wan6: (n: number) => `wan:x:x:${n}`,
  name: (n: number) => `name-${n}`,
} as const;

type StandIn = (kind: Kind, real: string) => string;
type Step = (text: string, standIn: StandIn) => string;

/**
 * Makes a function that leaves out who and where: tailnet names, addresses (not those of loopback, `0.0.0.0`, `::` and
 * MagicDNS), logins, home folders, and the `known` names of five letters or more, in any case. The same name gets the same
 * placeholder in every text. Masking what is masked changes nothing. Takes time in proportion to the length.
 */
export function masker(known: readonly string[]): (text: string) => string {
  const names = known.map((name) => name.trim()).filter((name) => name.length >= LEAST_LENGTH && !name.includes(GONE));
  names.sort((a, b) => b.length - a.length);
  const pattern = names.length === 0 ? null : new RegExp(names.map((name) => RegExp.escape(name)).join('|'), 'gi');
  const standIn = createStandIn(pattern);
  const pass = (text: string): string => {
    const masked = STEPS.reduce((left, step) => step(left, standIn), text);
    if (pattern === null) return masked;
    // What is put in may make up a name together with what stands beside it.
    return masked.replace(pattern, (real) => standIn('name', real)).replace(pattern, GONE);
  };
  return (text) => {
    let masked = text;
    for (let passes = 0; passes < MOST_PASSES; passes += 1) {
      const before = masked;
      masked = pass(before);
      if (masked === before) break;
    }
    return masked;
  };
}

function createStandIn(pattern: RegExp | null): StandIn {
  const places = new Map<string, string>();
  const counts = new Map<Kind, number>();
  return (kind, real) => {
    const key = `${kind} ${real.toLowerCase()}`;
    const before = places.get(key);
    if (before !== undefined) return before;
    const count = (counts.get(kind) ?? 0) + 1;
    const placeholder = PLACEHOLDERS[kind](count);
    const shown = pattern !== null && placeholder.search(pattern) >= 0 ? GONE : placeholder;
    counts.set(kind, count);
    places.set(key, shown);
    return shown;
  };
}

const homes: Step = (text) => text.replace(/(\/(?:Users|home)\/)(?!Shared\b)[^/\s"'`:,;)\]}]+/g, `$1${GONE}`);

const logins: Step = (text, standIn) =>
  text.replace(
    /(?<![\p{L}\p{N}_.+-])[\p{L}\p{N}_.+-]+@([\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*)/gu,
    (whole, domain: string) =>
      isVersion(domain) || /\.(service|slice|socket|timer)$/.test(domain) ? whole : standIn('login', whole),
  );
/** As in `python@3.11`. */
const isVersion = (domain: string): boolean => /^[\d.]+$/.test(domain);

/** A run of letters, digits, dots and hyphens may hold more than a name: `macbook.tail1234.ts.net.crt`. */
const hosts: Step = (text, standIn) => text.replace(/[\w.-]+/g, (run) => maskHosts(run, standIn));

function maskHosts(run: string, standIn: StandIn): string {
  const parts = run.split(/\.ts\.net(?![\w-])/i);
  const last = parts.pop() ?? '';
  return parts.map((part) => maskHost(part, standIn)).join('') + last;
}

function maskHost(before: string, standIn: StandIn): string {
  const [lead = ''] = /^[.-]*/.exec(before) ?? [];
  const name = before.slice(lead.length);
  if (name === '' || /^(host-\d+\.)?tailnet$/.test(name)) return `${before}.ts.net`;
  return lead + standIn(name.includes('.') ? 'host' : 'tailnet', name.includes('.') ? name : 'tailnet');
}

const ipv6: Step = (text, standIn) =>
  text.replace(/[\da-f:]{2,}/gi, (run, at: number) => {
    // A single colon at either end is punctuation.
    const [, lead = '', address = '', tail = ''] = /^(:(?!:))?(.*?)((?<!:):)?$/.exec(run) ?? [];
    const [prior, next] = [text.slice(0, at).at(-1) ?? '', text.slice(at + run.length, at + run.length + 12)];
    // The end of an IPv6 address may be written as an IPv4 address, masked or not.
    if (/^([lw]an\.x\.x|(\.(\d{1,3}|x)){3})/.test(next)) return run;
    const isWhole = (lead !== '' || !/\w/.test(prior)) && (tail !== '' || !/^\w/.test(next));
    const kind = isWhole && isIpv6(address) ? kindOfIpv6(address.toLowerCase()) : null;
    return kind === null ? run : lead + standIn(kind, address) + tail;
  });

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false;
  return halves.length === 2 ? groups.length <= 7 : halves.length === 1 && groups.length === 8;
}

function kindOfIpv6(address: string): Kind | null {
  if (/^(0{0,4}:)*:?0{0,3}[01]?$/.test(address)) return null;
  if (address.startsWith('fd7a:115c:a1e0:')) return 'tailnet6';
  return /^(f[cd]|fe[89ab])/.test(address) ? 'lan6' : 'wan6';
}

const ipv4: Step = (text, standIn) =>
  text.replace(/(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)/g, (address) => {
    const kind = kindOfIpv4(address);
    return kind === null ? address : standIn(kind, address);
  });

/** Told by RFC 6598, RFC 1918 and RFC 3927. */
function kindOfIpv4(address: string): Kind | null {
  const [a = 256, b = 256, ...rest] = address.split('.').map(Number);
  if ([a, b, ...rest].some((byte) => byte > 255) || a === 127) return null;
  if (['0.0.0.0', '255.255.255.255', '100.100.100.100'].includes(address)) return null;
  if (a === 100 && b >= 64 && b < 128) return 'tailnet4';
  const isPrivate =
    a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 169 && b === 254);
  return isPrivate ? 'lan4' : 'wan4';
}

const STEPS: readonly Step[] = [homes, logins, hosts, ipv6, ipv4];
