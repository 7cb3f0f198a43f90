/** One throwaway database, spoken to a statement at a time. Every call may throw {@link EngineEnded}. */
export interface Session {
  /** The server's own version, `18.6`. */
  readonly version: string;
  /** Runs one statement for its effect, or several in one message. What the engine refuses is a result. */
  run(sql: string): Promise<Ran>;
  /** Runs one query for its first rows, cut to what a person reads. */
  ask(sql: string): Promise<Asked>;
  /**
   * Runs a query of our own on the engine's catalog: inside a savepoint and with an empty `search_path`, so that the SQL under
   * test can neither bend it nor notice it. Throws when the engine refuses it.
   */
  inspect(sql: string): Promise<readonly Row[]>;
  /**
   * From now on these relations look as large as that to the planner, until `[]` says the truth again. Meanwhile nothing may be
   * executed that reads or writes them.
   */
  pretend(lengths: readonly Length[]): Promise<void>;
}

/** The length of a relation's file, as `pg_relation_filepath` names it. */
export interface Length {
  readonly file: string;
  readonly pages: number;
}

export type Row = Readonly<Record<string, unknown>>;

export interface Refused {
  readonly ok: false;
  readonly message: string;
  /** SQLSTATE. */
  readonly code: string;
}

export type Ran = { readonly ok: true; readonly ms: number; readonly inTransaction: boolean } | Refused;

export type Asked =
  | {
      readonly ok: true;
      readonly count: number;
      /** The first row: `truth` is set where the value is a boolean. */
      readonly first: readonly { readonly name: string; readonly text: string; readonly truth?: boolean }[];
      /** The first column of every row, at most {@link maximumLines} of them. */
      readonly lines: readonly string[];
    }
  | Refused;

/** Beyond it an answer is cut. */
export const maximumLines = 2_000;

/** Why a run was ended before its end. The names stand in reports in the place of an SQLSTATE. */
const endings = {
  'time-limit': 'ran longer than a scratch engine may',
  'memory-limit': 'used more memory than a scratch engine may',
  crash: 'the scratch engine broke down on it',
} as const;
export type Ending = keyof typeof endings;

/** The process behind a session is gone. A result for whoever runs untrusted SQL, never a reason to try again. */
export class EngineEnded extends Error {
  override readonly name = 'EngineEnded';
  readonly ending: Ending;

  constructor(ending: Ending, options?: ErrorOptions) {
    super(endings[ending], options);
    this.ending = ending;
  }
}
