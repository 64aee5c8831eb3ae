'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { beginAfterLoad } from '#lib/client/after-load.ts';
import { watchTabs } from '#lib/client/tabs/watch-tabs.ts';
import { Updated } from './updated.tsx';

/** Runs beside every screen, in a chunk of its own that comes after `load`. */
export function Beside() {
  const router = useRouter();
  useEffect(beginAfterLoad, []);
  useEffect(() => watchTabs(router), [router]);
  return <Updated />;
}
