/** What trying indexes for a query on a scratch engine showed: data, from which the planner chooses. */
export interface Advice {
  readonly engineVersion: string;
  /** Why nothing was measured, in the engine's words. */
  readonly failure?: string;
  /** With the indexes that are there. */
  readonly before: Estimate;
  /** Each candidate by itself, then those that the planner takes when it may have all. */
  readonly trials: readonly Trial[];
  /** In the order in which they were given. */
  readonly candidates: readonly Measured[];
  /** The tables that the query reads. */
  readonly tables: readonly Sized[];
  /** How many different values a column was said to have (`public.orders.status`), where the schema or a size tells. */
  readonly distinct: Readonly<Record<string, number>>;
}

/** What the engine's planner expects of a query. */
export interface Estimate {
  /** In units of the planner (`seq_page_cost`), which are no milliseconds. */
  readonly cost: number;
  /** Rows that it expects to come out. */
  readonly rows: number;
  /** The plan as EXPLAIN prints it. */
  readonly text: string;
}

export interface Trial extends Estimate {
  /** Which of the candidates were there, by their places. */
  readonly candidates: readonly number[];
  /** Which of them the plan reads. */
  readonly used: readonly number[];
}

/** What an index costs, measured on rows that were made up. */
export interface Measured {
  /** Why it cannot be built. */
  readonly failure?: string;
  /** At the size of the table. */
  readonly bytes: number;
  /** More bytes of index, and of write-ahead log, for each row that is inserted. */
  readonly bytesPerRow: number;
  readonly walPerRow: number;
}

export interface Sized {
  /** A `keyOf` text. */
  readonly table: string;
  readonly rows: number;
  /** Nobody gave a figure. */
  readonly assumed: boolean;
  /** Made-up rows on which widths were measured; 0: none could be made, so that widths are assumed too. */
  readonly sampled: number;
  /** Indexes that it has already. */
  readonly indexes: number;
}
