import type { Metadata, Viewport } from 'next';
import { AfterLoad } from '#components/shell/after-load.tsx';
import { InlineScript } from '#components/shell/inline-script.tsx';
import { markStandalone } from '#lib/client/standalone.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Lifeline', template: '%s · Lifeline' },
  description: 'Is my review server reachable, and if not, why?',
  applicationName: 'Lifeline',
  appleWebApp: { capable: true, title: 'Lifeline', statusBarStyle: 'default' },
  other: { 'apple-mobile-web-app-capable': 'yes' },
  formatDetection: { telephone: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f2f2f6' },
    { media: '(prefers-color-scheme: dark)', color: '#000000' },
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
