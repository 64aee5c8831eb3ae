'use client';

import { useEffect } from 'react';
import { beginAfterLoad } from '#lib/client/after-load.ts';
import { Updated } from './updated.tsx';

/** Runs beside every screen, in a chunk of its own that comes after `load`. */
export function Beside() {
  useEffect(beginAfterLoad, []);
  return <Updated />;
}
