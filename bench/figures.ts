/** One measured thing, in words with units, beside what it is to be and what the best peer measured so far needs. */
export type Figure = { readonly what: string; readonly ours: string; readonly target?: string; readonly peer?: string };

/** Prints figures as a Markdown table that also reads well in a terminal. */
export function printFigures(figures: readonly Figure[]): void {
  const rows = [
    ['', 'measured', 'target', 'best peer'],
    ...figures.map(({ what, ours, target = '', peer = '' }) => [what, ours, target, peer]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  console.log([line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n'));
}

/** The middle value, or the mean of the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}
