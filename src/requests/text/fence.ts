/** The content of the first fence, else the text without backquotes around it. */
export function withoutFence(text: string): string {
  const lines = text.trim().split('\n');
  const open = lines.findIndex((line) => /^ {0,3}(?:```|~~~)/.test(line));
  if (open === -1)
    return text
      .trim()
      .replace(/^`{1,3}|`{1,3}$/g, '')
      .trim();
  const close = lines.findIndex((line, at) => at > open && /^ {0,3}(?:```|~~~)/.test(line));
  return lines
    .slice(open + 1, close === -1 ? undefined : close)
    .join('\n')
    .trim();
}
