/** A line of Markdown and whether it stands in a fenced code block (the fences themselves count as in it). */
export interface Line {
  readonly text: string;
  /** Where the line begins in the whole text, in UTF-16 units. */
  readonly start: number;
  readonly fenced: boolean;
}

/** The lines of a Markdown text, without their ends (LF or CRLF). An unclosed fence reaches to the end, as in CommonMark. */
export function linesOf(markdown: string): readonly Line[] {
  return scan(markdown).lines;
}

/** The line that would close the fence which is open at the end of the text; nothing where none is. */
export function closingFence(markdown: string): string {
  return scan(markdown).open;
}

function scan(markdown: string): { readonly lines: readonly Line[]; readonly open: string } {
  const lines: Line[] = [];
  let open = '';
  let start = 0;
  for (const raw of markdown.split('\n')) {
    const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const [, run = '', rest = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(text) ?? [];
    if (open === '') {
      // Backticks after opening backticks make it a code span in a paragraph.
      if (!(run.startsWith('`') && rest.includes('`'))) open = run;
      lines.push({ text, start, fenced: open !== '' });
    } else {
      lines.push({ text, start, fenced: true });
      if (run.startsWith(open) && rest.trim() === '') open = '';
    }
    start += raw.length + 1;
  }
  return { lines, open };
}
