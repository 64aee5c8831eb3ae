/** A text whose ranges, such as `02:11–07:43`, are not broken at their dash. */
export function Unbroken({ text }: { readonly text: string }) {
  const [range] = /\S+–\S+/.exec(text) ?? [];
  if (range === undefined) return text;
  const [before, after] = text.split(range);
  return (
    <>
      {before}
      <span className="whitespace-nowrap">{range}</span>
      {after}
    </>
  );
}
