/**
 * The few methods of a structured logger that the rooms below the server need; pino satisfies it. Facts first, sentence
 * second. Secrets and bodies of comments are never among the facts.
 */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** A log that says nothing, for callers that have nobody to tell. */
export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
};
