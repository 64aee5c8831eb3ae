'use client';

import { useEffect, useRef, useState } from 'react';
import { copyText } from '#lib/client/copy-text.ts';

const SAID_FOR_MS = 2_000;
const WORDS = { idle: 'Copy', copied: 'Copied', refused: 'Select it' } as const;

/** Copies a text and says so. `name` tells which one to those who cannot see it. */
export function CopyButton({ text, name }: { readonly text: string; readonly name: string }) {
  const [state, setState] = useState<keyof typeof WORDS>('idle');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async () => {
    setState((await copyText(text)) ? 'copied' : 'refused');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState('idle'), SAID_FOR_MS);
  };
  return (
    <button
      type="button"
      onClick={copy}
      className="min-h-11 min-w-[76px] flex-none rounded-[10px] text-[15px] font-semibold text-accent active:opacity-70"
    >
      <span aria-live="polite">{WORDS[state]}</span>
      <span className="sr-only"> {name}</span>
    </button>
  );
}
