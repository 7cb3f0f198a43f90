import type { Script, Statement } from '../../sql/change.ts';
import { parse } from '../../sql/parsers/index.ts';
import type { Schema } from '../port.ts';
import type { Session } from '../session.ts';

/** Statements in one message: of a small statement, the message is a fifth of the time. */
const AT_ONCE = 50;

/** The texts of a schema, in order. */
export function textsOf({ schema = '', base }: Schema): readonly string[] {
  return [schema, ...base.map(({ sql }) => sql)];
}

/** The texts of a schema where all of them may be one transaction, as far as that shows beforehand. */
export function readTogether(schema: Schema): readonly Script[] | undefined {
  const scripts = textsOf(schema).map((sql) => parse(sql, 'postgresql'));
  const isApart = (statement: Statement) =>
    statement.changes.some(
      (change) => change.kind === 'transaction' || ('concurrently' in change && change.concurrently),
    );
  const isRead = scripts.every(({ statements, errors }) => errors.length === 0 && !statements.some(isApart));
  return isRead ? scripts : undefined;
}

/**
 * Runs texts in a transaction that is open already, many statements in a message. Whether all of them ran: which one did not is not
 * known, and the transaction is good for nothing then but to be taken back.
 */
export async function runTogether(
  session: Session,
  scripts: readonly Script[],
  skip: (statement: Statement) => boolean,
): Promise<boolean> {
  for (const { statements } of scripts) {
    const texts = statements.filter((statement) => !skip(statement)).map(({ sql }) => sql);
    for (let at = 0; at < texts.length; at += AT_ONCE) {
      // A statement may end in a comment, which must not swallow the terminator.
      if (!(await session.run(texts.slice(at, at + AT_ONCE).join('\n;\n'))).ok) return false;
    }
    // The next text starts as a connection does, whatever this one SET.
    if (!(await session.run('RESET ALL; RESET ROLE')).ok) return false;
  }
  return true;
}
