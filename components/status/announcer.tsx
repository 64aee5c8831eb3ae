'use client';

import { useEffect, useRef, useState } from 'react';
import { LEVEL_WORDS } from '#lib/client/words.ts';
import type { Status } from '#lib/contract/status.ts';

/** Says a change of level to those who listen; ages tick in silence, and so does the first answer. */
export function Announcer({ status }: { readonly status: Status | null }) {
  const before = useRef<Status['level'] | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (status === null) return;
    if (before.current !== null && before.current !== status.level) {
      setSaid(`${LEVEL_WORDS[status.level]}. ${status.diagnosis.headline}`);
    }
    before.current = status.level;
  }, [status]);
  return (
    <p aria-live="polite" className="sr-only">
      {said}
    </p>
  );
}
