export type DeviceKind = 'ios' | 'android' | 'desktop';

type Told = Pick<Navigator, 'userAgent' | 'maxTouchPoints'>;

/** An iPad calls itself a Mac, but Macs have no touch screen. */
const isIpad = ({ userAgent, maxTouchPoints }: Told): boolean =>
  userAgent.includes('iPad') || (userAgent.includes('Macintosh') && maxTouchPoints > 1);

/** What kind of device a browser runs on, by what it says of itself. */
export function deviceKind(told: Told = navigator): DeviceKind {
  if (/iPhone|iPod/.test(told.userAgent) || isIpad(told)) return 'ios';
  return told.userAgent.includes('Android') ? 'android' : 'desktop';
}

/** Whether this page was opened from the home screen. The display mode of an installed app may be `fullscreen` on iOS (WebKit 264218), so its own word counts first. */
export const isInstalled = (): boolean =>
  ('standalone' in navigator && navigator.standalone === true) ||
  window.matchMedia('(display-mode: standalone), (display-mode: minimal-ui)').matches;

/** The first that a user agent names; `Chrome` is named by Edge too, and `Safari` by all. */
const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const DEVICES = [
  ['iPhone', 'iPhone'],
  ['Android', 'Android'],
  ['Macintosh', 'Mac'],
  ['Windows', 'Windows'],
  ['Linux', 'Linux'],
] as const;

type Naming = Told & { readonly isOnHomeScreen: boolean };

/** What a device calls itself, for whoever reads a list of them: `iPhone · Home Screen`, `Mac · Firefox`. At most 80 characters. */
export function deviceLabel({ isOnHomeScreen, ...told }: Naming): string {
  const named = (names: typeof BROWSERS | typeof DEVICES, otherwise: string): string =>
    names.find(([part]) => told.userAgent.includes(part))?.[1] ?? otherwise;
  const device = isIpad(told) ? 'iPad' : named(DEVICES, 'Device');
  return `${device} · ${isOnHomeScreen ? 'Home Screen' : named(BROWSERS, 'browser')}`;
}

/** The same of this one. */
export const ownLabel = (): string =>
  deviceLabel({
    userAgent: navigator.userAgent,
    maxTouchPoints: navigator.maxTouchPoints,
    isOnHomeScreen: isInstalled(),
  });
