/** Where time comes from, so that tests and stories can hold it still. */
export interface Clock {
  /** The current instant. */
  readonly now: () => Date;
}

export const systemClock: Clock = { now: () => new Date() };
