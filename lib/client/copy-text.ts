/** Puts text on the clipboard, also where the browser refuses its clipboard API. False when it could not. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/**
 * Puts text on the clipboard that is still to come. Safari copies only what a tap began, so the write begins now and waits for
 * the text. False when it could not; throws what the text throws.
 */
export async function copyPromised(text: Promise<string>): Promise<boolean> {
  const blob = text.then((plain) => new Blob([plain], { type: 'text/plain' }));
  // Whoever does not read it does not fail by it.
  blob.catch(() => undefined);
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
    return true;
  } catch {
    return copyText(await text);
  }
}

/** The old way: select a field and ask the document to copy it. Works on plain http and without permission. */
function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}
