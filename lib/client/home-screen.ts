/** The system reads these from public/ when the app is put on a home screen; `npm run icons` draws them from assets/logo.svg. */
export const ICONS = [
  { src: '/icons/192.png', pixels: 192, purpose: 'any' },
  { src: '/icons/512.png', pixels: 512, purpose: 'any' },
  { src: '/icons/maskable-512.png', pixels: 512, purpose: 'maskable' },
] as const;

/** iOS takes it instead of those of the manifest, and rounds its corners itself. */
export const APPLE_ICON = { src: '/apple-touch-icon.png', pixels: 180 } as const;

/** As the first frame of the app: `--bg` of globals.css, which is the colour of the system's bars too. */
export const GROUNDS = { light: '#f2f2f6', dark: '#000000' } as const;
export type Scheme = keyof typeof GROUNDS;

/** The phones' screens in portrait: pixels, and pixels per CSS pixel. Source: iOS reference §3, by @vite-pwa/assets-generator 2.0. */
const SCREENS = [
  [1320, 2868, 3],
  [1206, 2622, 3],
  [1260, 2736, 3],
  [1290, 2796, 3],
  [1179, 2556, 3],
  [1170, 2532, 3],
  [1284, 2778, 3],
  [1125, 2436, 3],
  [1242, 2688, 3],
  [828, 1792, 2],
  [750, 1334, 2],
] as const;

const SCHEMES = ['light', 'dark'] as const satisfies readonly Scheme[];

/** The image that iOS shows while the app starts. It needs one of exactly the screen's size, picked by the media query. */
export type StartupImage = {
  readonly url: string;
  readonly media: string;
  readonly width: number;
  readonly height: number;
  readonly scheme: Scheme;
};

export const STARTUP_IMAGES: readonly StartupImage[] = SCREENS.flatMap(([width, height, scale]) =>
  SCHEMES.map((scheme) => ({
    url: `/splash/${width}x${height}-${scheme}.png`,
    media: `(device-width: ${width / scale}px) and (device-height: ${height / scale}px) and (-webkit-device-pixel-ratio: ${scale}) and (orientation: portrait) and (prefers-color-scheme: ${scheme})`,
    width,
    height,
    scheme,
  })),
);
