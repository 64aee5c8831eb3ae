/** How it came to this, right below what is so. */
export function Story({ story }: { readonly story: string | null }) {
  return story === null ? null : <p className="px-1 text-[15px] text-pretty">{story}</p>;
}
