import type { Migration } from '../../sql/history/history.ts';
import type { Session } from '../session.ts';
import { type Failure, runFile } from './run-file.ts';

/** Makes the database as it is before: from the DDL of a schema, then the migrations that have been merged. */
export async function runBase(
  session: Session,
  { schema, base }: { readonly schema?: string; readonly base: readonly Migration[] },
): Promise<{ readonly applied: number; readonly failure: Failure | undefined }> {
  let applied = 0;
  if (schema !== undefined) {
    const { failure } = await runFile(session, { file: 'schema', sql: schema, transaction: false });
    if (failure !== undefined) return { applied, failure };
  }
  for (const migration of base) {
    const { failure } = await runFile(session, migration);
    if (failure !== undefined) return { applied, failure };
    applied++;
  }
  return { applied, failure: undefined };
}
