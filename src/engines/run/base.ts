import type { Schema } from '../port.ts';
import type { Session } from '../session.ts';
import { type Failure, type Runnable, runFile } from './run-file.ts';

/** How far the migrations that have been merged ran. */
export interface BaseRun {
  readonly applied: number;
  readonly failure: Failure | undefined;
}

/** Makes the database as it is before: from the DDL of a schema, then the migrations that have been merged. `skip`: statements not to run. */
export async function runBase(session: Session, { schema, base }: Schema, skip?: Runnable['skip']): Promise<BaseRun> {
  let applied = 0;
  const passing = skip === undefined ? {} : { skip };
  if (schema !== undefined) {
    const { failure } = await runFile(session, { file: 'schema', sql: schema, transaction: false, ...passing });
    if (failure !== undefined) return { applied, failure };
  }
  for (const migration of base) {
    const { failure } = await runFile(session, { ...migration, ...passing });
    if (failure !== undefined) return { applied, failure };
    applied++;
  }
  return { applied, failure: undefined };
}
