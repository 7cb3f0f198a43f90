import type { ObjectName } from '../name.ts';
import type { QueryTrait, RowBound } from './queries.ts';

/** Statements that change no schema: they write, read, frame, set, or keep in order. */
export type StatementChange =
  /** INSERT, UPDATE, DELETE, TRUNCATE and COPY FROM. */
  | {
      readonly kind: 'write-data';
      readonly verb: 'insert' | 'update' | 'delete' | 'truncate' | 'copy';
      readonly table: ObjectName;
      readonly where?: string;
      /** The columns that an UPDATE sets, or the ON CONFLICT DO UPDATE of an INSERT. */
      readonly sets?: readonly string[];
      /** The columns that an INSERT or COPY names; absent where it names none. */
      readonly columns?: readonly string[];
      /** How many rows INSERT ... VALUES writes. */
      readonly values?: number;
      /** What else the rows come from: FROM, USING, or the FROM of INSERT ... SELECT; not what stands in its conditions. */
      readonly sources?: readonly ObjectName[];
      /** What bounds the rows that an UPDATE or DELETE reaches, or that INSERT ... SELECT reads. */
      readonly bounds?: readonly RowBound[];
      /** TRUNCATE ... CASCADE. */
      readonly cascade?: boolean;
      /** COPY ... FROM PROGRAM. */
      readonly program?: boolean;
      readonly traits?: readonly QueryTrait[];
    }
  | {
      readonly kind: 'query';
      readonly tables: readonly ObjectName[];
      readonly traits?: readonly QueryTrait[];
      /** COPY ... TO PROGRAM. */
      readonly program?: boolean;
    }
  | {
      readonly kind: 'transaction';
      readonly verb: 'begin' | 'commit' | 'rollback' | 'savepoint' | 'release' | 'rollback-to';
      /** The savepoint's. */
      readonly name?: string;
    }
  /** `value` is `default` where a setting is reset; `later`: of sessions that begin afterwards (ALTER ROLE, DATABASE and SYSTEM). */
  | {
      readonly kind: 'set';
      readonly setting: string;
      readonly value: string;
      readonly scope: 'session' | 'transaction' | 'later';
    }
  /**
   * LOCK TABLE, CLUSTER, VACUUM, VACUUM FULL, REFRESH MATERIALIZED VIEW, REINDEX (of a table or an index), REINDEX SCHEMA,
   * DATABASE and SYSTEM, ALTER TABLE ALL IN TABLESPACE: `what` is the statement's name in the manual.
   */
  | {
      readonly kind: 'maintain';
      readonly what: string;
      readonly table?: ObjectName;
      /** REINDEX INDEX. */
      readonly index?: ObjectName;
      /** LOCK TABLE: the mode in the manual's words, such as `ACCESS EXCLUSIVE`. */
      readonly mode?: string;
      readonly concurrently: boolean;
      /** REFRESH MATERIALIZED VIEW ... WITH NO DATA. */
      readonly empty?: boolean;
    }
  /** Understood by the parser, but not modelled: `what` is the statement's name in the engine's manual. */
  | {
      readonly kind: 'other';
      readonly what: string;
      /** The table that an ALTER TABLE is of. */
      readonly table?: ObjectName;
    };
