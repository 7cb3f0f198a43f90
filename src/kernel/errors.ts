/**
 * A failure that trying again cannot mend: a person must change something. Whoever meets one tells that person and does
 * not retry. Every other error is retried with backoff.
 */
export class TerminalError extends Error {
  override readonly name: string = 'TerminalError';
  /** What the person can do about it, as a sentence. */
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}

/** The sentence of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** For the default branch of a switch over a union: it compiles only while every kind is handled. */
export function unreachable(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
