import type { Level } from '#lib/domain/level.ts';

/** A level's shape in its colour; the word stands beside it. */
export function LevelMark({ level, className = '' }: { readonly level: Level; readonly className?: string }) {
  return (
    <span data-level={level} aria-hidden="true" className={`inline-flex ${className}`}>
      <span className="level-mark" />
    </span>
  );
}
