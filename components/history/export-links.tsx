const FORMATS = ['csv', 'json'] as const;

/** What was measured as a file; `of` says which part of it as the export's query does: `window=24h`, `incident=…`. */
export function ExportLinks({ of }: { readonly of: string }) {
  return (
    <div className="flex items-center justify-between rounded-card bg-card pr-2 pl-4 max-[16rem]:flex-wrap">
      <h2 className="font-semibold max-[16rem]:pt-3">Export</h2>
      <p className="flex max-[16rem]:-ml-4">
        {FORMATS.map((format) => (
          <a
            key={format}
            href={`/api/export?format=${format}&${of}`}
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
