import type { Metadata, Viewport } from 'next';
import { AfterLoad } from '#components/shell/after-load.tsx';
import { InlineScript } from '#components/shell/inline-script.tsx';
import { APPLE_ICON, GROUNDS, STARTUP_IMAGES } from '#lib/client/home-screen.ts';
import { markStandalone } from '#lib/client/standalone.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Lifeline', template: '%s · Lifeline' },
  description: 'Is my review server reachable, and if not, why?',
  applicationName: 'Lifeline',
  icons: {
    icon: [
      { url: '/favicon.ico', sizes: '48x48' },
      { url: '/icon.svg', type: 'image/svg+xml', sizes: 'any' },
    ],
    apple: { url: APPLE_ICON.src, sizes: `${APPLE_ICON.pixels}x${APPLE_ICON.pixels}` },
  },
  appleWebApp: {
    capable: true,
    title: 'Lifeline',
    statusBarStyle: 'default',
    startupImage: STARTUP_IMAGES.map(({ url, media }) => ({ url, media })),
  },
  // Next writes the new name only; iOS shows splash images for this one.
  other: { 'apple-mobile-web-app-capable': 'yes' },
  formatDetection: { telephone: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: GROUNDS.light },
    { media: '(prefers-color-scheme: dark)', color: GROUNDS.dark },
  ],
};

export default function Layout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <body className="flex min-h-svh flex-col">
        <InlineScript code={`(${markStandalone})()`} />
        {children}
        <AfterLoad />
      </body>
    </html>
  );
}
