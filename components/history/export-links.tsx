import type { Window } from '#lib/domain/window.ts';

const FORMATS = ['csv', 'json'] as const;

/** The raw measurements of the window as a file. */
export function ExportLinks({ window }: { readonly window: Window }) {
  return (
    <div className="flex items-center justify-between rounded-card bg-card pr-2 pl-4">
      <h2 className="font-semibold">Export</h2>
      <p className="flex">
        {FORMATS.map((format) => (
          <a
            key={format}
            href={`/api/export?format=${format}&window=${window}`}
            download
            className="grid min-h-12 min-w-16 place-items-center font-semibold text-accent"
          >
            {format.toUpperCase()}
          </a>
        ))}
      </p>
    </div>
  );
}
