/** A table, a row a line. Cells must have been made by {@link cell} or {@link code} where their text is not ours. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)];
}

/** Text that a cell can hold. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

/** The same, as code. */
export function code(text: string): string {
  return `\`${cell(text)}\``;
}
