import type { Description } from '../../sql/description.ts';
import type { Migration } from '../../sql/history/history.ts';
import { parse } from '../../sql/parsers/index.ts';
import { differences } from '../introspect/differences.ts';
import { introspect } from '../introspect/introspect.ts';
import type { VerifyInput, VerifyReport } from '../port.ts';
import { EngineEnded, type Session } from '../session.ts';
import { evaluate, notEvaluated } from './criteria.ts';
import { createGauge } from './measure.ts';
import { missingExtension } from './needs.ts';
import type { Prepared } from './prepared.ts';
import { type Failure, runFile } from './run-file.ts';

type RoundTrip = VerifyReport['roundTrip'];

/**
 * Runs everything that a pull request's migrations have to stand on a prepared database, and says what was
 * seen. Throws only for our own faults.
 */
export async function verify(
  session: Session,
  input: VerifyInput,
  { applied: ofBase, failed: unprepared, before }: Prepared,
): Promise<VerifyReport> {
  const migrations: VerifyReport['migrations'][number][] = [];
  let applied = ofBase;
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
  const stopped = (failed: NonNullable<VerifyReport['failed']>): VerifyReport => {
    const missing = missingExtension(failed);
    return report(missing === undefined ? { failed } : { notExecuted: missing });
  };

  if (unprepared !== undefined) return stopped(unprepared);

  // Whatever ends the engine in our own work between files is reported with the file that it prepares.
  let at = input.migrations[0]?.file ?? '';
  try {
    for (const migration of input.migrations) {
      at = migration.file;
      const gauge = await createGauge(session);
      const { ms, failure } = await runFile(session, migration, gauge);
      const error = failure?.message ?? null;
      migrations.push({ file: at, ms: Math.round(ms), locks: gauge.locks(), rewrites: gauge.rewrites(), error });
      if (failure !== undefined) return stopped({ ...failure, inBase: false });
      applied++;
    }
    const criteria = await evaluate(session, input.criteria);
    return report({ criteria, roundTrip: await goRound(session, input.migrations, before) });
  } catch (thrown) {
    if (!(thrown instanceof EngineEnded)) throw thrown;
    return stopped({ file: at, statement: '', line: 1, message: thrown.message, code: thrown.ending, inBase: false });
  }
}

/** Down in reverse order, a look, and up again. Only where every migration has a way back. */
async function goRound(
  session: Session,
  migrations: readonly Migration[],
  before: Description | undefined,
): Promise<RoundTrip> {
  const oneWay = migrations.filter(({ down }) => isEmpty(down));
  if (oneWay.length > 0 || migrations.length === 0 || before === undefined) {
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
