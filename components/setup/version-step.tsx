'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { reloadToNewest } from '#lib/client/setup/newest.ts';
import { BUILD } from '#lib/contract/build.ts';
import type { Setup } from '#lib/contract/setup.ts';

/** Which build the page is of, and which the Mac runs. */
export function VersionStep({ setup }: { readonly setup: Setup | null }) {
  const [isLoading, setIsLoading] = useState(false);
  const reload = async () => {
    setIsLoading(true);
    await reloadToNewest();
  };
  const rows = [
    ['This page', BUILD],
    ['The Mac', setup?.build ?? 'not known'],
  ] as const;
  return (
    <>
      <dl>
        {rows.map(([name, build]) => (
          <div
            key={name}
            className="flex flex-wrap justify-between gap-x-3 border-t border-hair py-2 first:border-0 first:pt-0"
          >
            <dt>{name}</dt>
            <dd className="min-w-0 font-mono text-note break-all text-dim">{build}</dd>
          </div>
        ))}
      </dl>
      {setup === null || setup.build === BUILD ? null : (
        <Button onClick={reload} primary busy={isLoading} className="mt-1">
          {isLoading ? 'Loading…' : 'Load it again'}
        </Button>
      )}
    </>
  );
}
