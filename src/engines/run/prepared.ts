import type { Log } from '../../kernel/log.ts';
import type { Description } from '../../sql/description.ts';
import { introspect } from '../introspect/introspect.ts';
import type { VerifyInput } from '../port.ts';
import { seedRows } from '../seed/seed.ts';
import { EngineEnded, type Session } from '../session.ts';
import { runBase } from './base.ts';
import type { Failure } from './run-file.ts';

/** A database as the migrations of a pull request find it. */
export interface Prepared {
  /** Merged migrations that ran to their end. */
  readonly applied: number;
  /** Why the rest is not looked at; `inBase`: the merged migrations do not run themselves. */
  readonly failed?: Failure & { readonly inBase: boolean };
  /** The schema, as the engine describes it; there unless it failed. */
  readonly before?: Description;
}

/**
 * Runs what is merged, makes up rows where that is wanted, and describes the schema. None of it depends on what is verified
 * afterwards. Never throws for what the SQL does, the engine's end included.
 */
export async function prepare(
  session: Session,
  input: VerifyInput,
  { log, rows }: { readonly log: Log; readonly rows: boolean },
): Promise<Prepared> {
  const { applied, failure } = await runBase(session, input);
  if (failure !== undefined) return { applied, failed: { ...failure, inBase: true } };
  try {
    if (rows) await seedRows(session, { log, data: 'distinct' });
    return { applied, before: await introspect(session) };
  } catch (thrown) {
    if (!(thrown instanceof EngineEnded)) throw thrown;
    // Whatever ends the engine in our own work between files is reported with the file that it prepares.
    const file = input.migrations[0]?.file ?? '';
    return {
      applied,
      failed: { file, statement: '', line: 1, message: thrown.message, code: thrown.ending, inBase: false },
    };
  }
}
