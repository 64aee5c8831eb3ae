/** By a word that only its own `User-Agent` has; the first that is found counts, since many pass for others too. */
const MACHINES = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'Chromebook'],
  [/\bMacintosh\b/, 'Mac'],
  [/\bWindows\b/, 'Windows'],
  [/\bLinux\b/, 'Linux'],
] as const;
const BROWSERS = [
  [/\b(Edg|EdgA|EdgiOS)\//, 'Edge'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;

/** What a browser is called in the list of devices, such as `iPhone · Safari`, by what it says of itself. */
export function labelOf(userAgent: string | null): string {
  const found = [MACHINES, BROWSERS].flatMap(
    (names) => names.find(([word]) => word.test((userAgent ?? '').slice(0, 500)))?.[1] ?? [],
  );
  return found.length === 0 ? 'A browser' : found.join(' · ');
}

/** A name that a device gave itself, as one line without characters that show nothing. */
export const cleanLabel = (given: string): string => given.replaceAll(/[\p{C}\s]+/gu, ' ').trim() || 'A browser';
