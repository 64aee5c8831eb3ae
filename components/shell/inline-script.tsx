/**
 * A script that runs while the HTML is parsed, before the first paint. Its text must be the same in every build output, because
 * the content security policy knows it by its hash.
 */
export function InlineScript({ code }: { readonly code: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant source, allowed by its hash.
  return <script dangerouslySetInnerHTML={{ __html: code }} />;
}
