/** A range of a text: lines and columns are 1-based and count UTF-16 characters; the end is exclusive. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** The first character of a text: the place of what is said of a file as a whole. */
export const startOfText: Span = { line: 1, column: 1, endLine: 1, endColumn: 1 };
