import type { Statement } from '../../sql/change.ts';
import { parse } from '../../sql/parsers/index.ts';
import { EngineEnded, type Ran, type Refused, type Session } from '../session.ts';
import { locksAlone } from './alone.ts';
import type { Gauge } from './measure.ts';

/** A text to run, and whether its tool wraps it in one transaction. */
export interface Runnable {
  readonly file: string;
  readonly sql: string;
  readonly transaction: boolean;
  /** Settings that hold while it runs: values are literals. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Statements that are passed over. */
  readonly skip?: (statement: Statement) => boolean;
}

export interface Failure {
  readonly file: string;
  readonly statement: string;
  readonly line: number;
  readonly message: string;
  /** SQLSTATE, or the name of the limit that was exceeded. */
  readonly code: string;
}

export interface FileRun {
  /** Of its statements together, without our own work. */
  readonly ms: number;
  readonly failure: Failure | undefined;
}

const LONGEST_STATEMENT = 2_000;

/**
 * Runs a text statement by statement, as its tool would, and stops at the first that fails; nothing of an open transaction is
 * kept then. With a gauge, what each statement locks and rewrites is measured, for which a statement outside a transaction
 * gets one of its own where it can run in one. Never throws for what the SQL does, the engine's end included.
 */
export async function runFile(session: Session, text: Runnable, gauge?: Gauge): Promise<FileRun> {
  const { statements, errors } = parse(text.sql, 'postgresql');
  const [error] = errors;
  if (error !== undefined) {
    const statement = text.sql.split('\n')[error.line - 1]?.trim() ?? '';
    return { ms: 0, failure: { file: text.file, statement, line: error.line, message: error.message, code: '42601' } };
  }

  let ms = 0;
  let at = statements[0];
  const failed = ({ message, code }: { readonly message: string; readonly code: string }): FileRun => ({
    ms,
    failure: { file: text.file, statement: shown(at?.sql ?? ''), line: at?.span.line ?? 1, message, code },
  });
  try {
    for (const [name, value] of Object.entries(text.settings ?? {})) await must(session, `SET ${name} = '${value}'`);
    if (text.transaction) await must(session, 'BEGIN');
    let open = text.transaction;
    for (const statement of statements) {
      if (text.skip?.(statement) === true) continue;
      at = statement;
      const ran = await runStatement(session, statement, open, gauge);
      if (!ran.ok) {
        await must(session, 'ROLLBACK');
        await must(session, 'DISCARD ALL');
        return failed(ran);
      }
      ms += ran.ms;
      open = ran.inTransaction;
    }
    if (open) {
      if (!text.transaction) {
        await must(session, 'ROLLBACK');
        return failed({ message: 'the transaction that the file begins is never committed', code: '25000' });
      }
      // Deferred constraints are checked here, so that a COMMIT can be what fails.
      const committed = await session.run('COMMIT');
      if (!committed.ok) return failed(committed);
      ms += committed.ms;
    }
    // The next file starts as a connection does, whatever this one SET.
    await must(session, 'DISCARD ALL');
    return { ms, failure: undefined };
  } catch (thrown) {
    if (thrown instanceof EngineEnded) return failed({ message: thrown.message, code: thrown.ending });
    throw thrown;
  }
}

/** In autocommit and where it can, a statement that is measured runs in a transaction of its own. */
async function runStatement(session: Session, statement: Statement, open: boolean, gauge?: Gauge): Promise<Ran> {
  const refusal = unrunnable(statement);
  if (refusal !== undefined) return refusal;
  if (gauge === undefined) return session.run(statement.sql);

  const looked = { rewrites: !statement.changes.every((change) => 'verb' in change && change.verb === 'truncate') };
  if (open || statement.changes.some(({ kind }) => kind === 'transaction')) {
    const ran = await session.run(statement.sql);
    // COMMIT and ROLLBACK have let go of everything.
    if (ran.ok && ran.inTransaction) await gauge.look(looked);
    return ran;
  }

  await must(session, 'BEGIN');
  const ran = await session.run(statement.sql);
  if (ran.ok) {
    await gauge.look(looked);
    const committed = await session.run('COMMIT');
    return committed.ok ? { ...committed, ms: ran.ms + committed.ms } : committed;
  }
  await must(session, 'ROLLBACK');
  // active_sql_transaction, and invalid_transaction_termination for a procedure that commits
  if (ran.code !== '25001' && ran.code !== '2D000') return ran;
  const locks = await Promise.all(statement.changes.map((change) => locksAlone(change, session.version, gauge)));
  const alone = await session.run(statement.sql);
  if (alone.ok) for (const lock of locks.flat()) gauge.add(lock);
  return alone;
}

/** PGlite waits for ever for the data of a COPY FROM STDIN, which a migration tool does not send either. */
function unrunnable({ sql, changes }: Statement): Refused | undefined {
  const copies = changes.some((change) => change.kind === 'write-data' && change.verb === 'copy');
  if (!copies || !/\bfrom\s+stdin\b/i.test(sql)) return undefined;
  return { ok: false, message: 'COPY FROM STDIN needs a client that sends the rows; write INSERT', code: '0A000' };
}

/** Our own statements, which only a broken engine refuses. */
async function must(session: Session, sql: string): Promise<void> {
  const ran = await session.run(sql);
  if (!ran.ok) throw new EngineEnded('crash', { cause: ran.message });
}

function shown(statement: string): string {
  return statement.length > LONGEST_STATEMENT ? `${statement.slice(0, LONGEST_STATEMENT)}…` : statement;
}
