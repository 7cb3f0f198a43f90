/** A range of a text: lines and columns are 1-based and count UTF-16 characters; the end is exclusive. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
