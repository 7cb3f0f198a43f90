import type { Log } from '../../kernel/log.ts';
import type { Description } from '../../sql/description.ts';
import type { Migration } from '../../sql/history/history.ts';
import { parse } from '../../sql/parsers/index.ts';
import { differences } from '../introspect/differences.ts';
import { introspect } from '../introspect/introspect.ts';
import type { VerifyInput, VerifyReport } from '../port.ts';
import { seedRows } from '../seed/seed.ts';
import { EngineEnded, type Session } from '../session.ts';
import type { BaseRun } from './base.ts';
import { evaluate, notEvaluated } from './criteria.ts';
import { createGauge } from './measure.ts';
import { missingExtension } from './needs.ts';
import { type Failure, runFile } from './run-file.ts';

type RoundTrip = VerifyReport['roundTrip'];

/**
 * Runs everything that a pull request's migrations have to stand on a database in which the `base` ran, and says what was seen: on
 * made-up rows, or on what the migrations of the base have inserted. Throws only for our own faults.
 */
export async function verify(
  session: Session,
  input: VerifyInput,
  base: BaseRun,
  { log, rows }: { readonly log: Log; readonly rows: boolean },
): Promise<VerifyReport> {
  const migrations: VerifyReport['migrations'][number][] = [];
  let { applied } = base;
  const report = (rest: Partial<VerifyReport>): VerifyReport => ({
    engine: 'postgresql',
    engineVersion: session.version,
    applied,
    failed: null,
    migrations,
    roundTrip: { down: 'none', differences: [] },
    criteria: notEvaluated(input.criteria),
    ...rest,
  });
  const stopped = (failure: Failure, inBase: boolean): VerifyReport => {
    const missing = missingExtension(failure);
    return report(missing === undefined ? { failed: { ...failure, inBase } } : { notExecuted: missing });
  };

  if (base.failure !== undefined) return stopped(base.failure, true);

  // Whatever ends the engine in our own work between files is reported with the file that it prepares.
  let at = input.migrations[0]?.file ?? '';
  try {
    if (rows) await seedRows(session, { log, data: 'distinct' });
    const before = await introspect(session);
    for (const migration of input.migrations) {
      at = migration.file;
      const gauge = await createGauge(session);
      const { ms, failure } = await runFile(session, migration, gauge);
      const error = failure?.message ?? null;
      migrations.push({ file: at, ms: Math.round(ms), locks: gauge.locks(), rewrites: gauge.rewrites(), error });
      if (failure !== undefined) return stopped(failure, false);
      applied++;
    }
    const criteria = await evaluate(session, input.criteria);
    return report({ criteria, roundTrip: await goRound(session, input.migrations, before) });
  } catch (thrown) {
    if (!(thrown instanceof EngineEnded)) throw thrown;
    return stopped({ file: at, statement: '', line: 1, message: thrown.message, code: thrown.ending }, false);
  }
}

/** Down in reverse order, a look, and up again. Only where every migration has a way back. */
async function goRound(session: Session, migrations: readonly Migration[], before: Description): Promise<RoundTrip> {
  const oneWay = migrations.filter(({ down }) => isEmpty(down));
  if (oneWay.length > 0 || migrations.length === 0) {
    const all = oneWay.length === migrations.length;
    return { down: 'none', differences: all ? [] : oneWay.map(({ file }) => `${file} has no way back`) };
  }
  try {
    for (const { file, downFile, down, transaction, downTransaction } of migrations.toReversed()) {
      const text = { file: downFile ?? file, sql: down ?? '', transaction: downTransaction ?? transaction };
      const { failure } = await runFile(session, text);
      if (failure !== undefined) return { down: 'failed', differences: [sentence('going back fails', failure)] };
    }
    const found = differences(before, await introspect(session)).map((difference) => `after going back, ${difference}`);
    for (const migration of migrations) {
      const { failure } = await runFile(session, migration);
      if (failure === undefined) continue;
      return { down: 'failed', differences: [...found, sentence('going up again fails', failure)] };
    }
    return { down: 'ok', differences: found };
  } catch (thrown) {
    if (!(thrown instanceof EngineEnded)) throw thrown;
    return { down: 'failed', differences: [`${thrown.ending}: ${thrown.message}`] };
  }
}

function isEmpty(text: string | undefined): boolean {
  if (text === undefined) return true;
  const { statements, errors } = parse(text, 'postgresql');
  return statements.length + errors.length === 0;
}

function sentence(what: string, { file, line, message, code }: Failure): string {
  return `${what} at ${file}:${line}: ${message} (${code})`;
}
