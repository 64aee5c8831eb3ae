import type { MetadataRoute } from 'next';
import { GROUNDS, ICONS } from '#lib/client/home-screen.ts';

/** What a system needs to know of the app to put it on a home screen. iOS reads name, id, start, scope, display and theme colour. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    id: '/',
    name: 'Lifeline',
    short_name: 'Lifeline',
    description: 'Is my Anki review server reachable from my phone, why not, and can I keep reviewing until it is?',
    lang: 'en',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    theme_color: GROUNDS.light,
    background_color: GROUNDS.light,
    categories: ['utilities', 'education'],
    icons: ICONS.map(({ src, pixels, purpose }) => ({
      src,
      sizes: `${pixels}x${pixels}`,
      type: 'image/png',
      purpose,
    })),
    shortcuts: [
      { name: 'Review', url: '/review', description: 'The due cards' },
      { name: 'History', url: '/history', description: 'Uptime, latency and incidents' },
      { name: 'Setup', url: '/setup', description: 'Alerts, and what is left to do' },
    ],
  };
}
