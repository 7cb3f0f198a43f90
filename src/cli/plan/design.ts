import { didYouMean } from '../../config/did-you-mean.ts';
import { createEngines } from '../../engines/engines.ts';
import type { PgliteOptions } from '../../engines/pglite/engine.ts';
import type { ScratchEngine } from '../../engines/port.ts';
import { silentLog } from '../../kernel/log.ts';
import { isOneExpression } from '../../planner/expression.ts';
import { type PlanReport, planReport } from '../../planner/report.ts';
import { qualifiedName } from '../../planner/schemas/answers.ts';
import { type GivenAnswer, type MisfitAnswer, type Schemas, settleAnswers } from '../../planner/schemas/given.ts';
import { type Answers, noAnswers } from '../../planner/schemas/index.ts';
import { shown } from '../../planner/schemas/name-parts.ts';
import { catalogOf } from '../../sql/apply/index.ts';
import type { Catalog } from '../../sql/catalog.ts';
import type { Script } from '../../sql/change.ts';
import type { Engine } from '../../sql/engine.ts';
import type { Migration } from '../../sql/history/history.ts';
import { leavesDoubt } from '../../sql/lint/knowledge.ts';
import { keyOf, type ObjectName } from '../../sql/name.ts';
import { loadParsers } from '../../sql/parsers/index.ts';
import { versionNumber } from '../../sql/version.ts';
import { UsageError } from '../usage.ts';
import { isEmptySchema, readSchema, remarksOf } from './schema-text.ts';

/** Two schemas and all that was said about their differences. */
export interface PlanRequest {
  readonly engine: Engine;
  readonly engineVersion?: string;
  readonly current: readonly Migration[];
  readonly desired: readonly Migration[];
  readonly given: readonly GivenAnswer[];
  /** By the name of the table as it was given. */
  readonly rows: ReadonlyMap<string, number>;
  /** Columns are renamed by a second one that is kept equal. */
  readonly renameInPhases: boolean;
}

/**
 * Designs the way from one schema to the other, and goes it on a throwaway engine. Throws {@link UsageError} where a schema cannot be
 * read, or where an answer is about nothing in them.
 */
export async function designPlan(request: PlanRequest, scratch: ScratchEngine): Promise<PlanReport> {
  const { engine, engineVersion, current, desired, renameInPhases: zeroDowntimeRenames } = request;
  const known = engine === 'postgresql' ? await understood(request) : { answers: noAnswers, rows: () => undefined };
  const design = await scratch.design({
    current: { base: current },
    desired: { base: desired },
    options: { engine, version: versionNumber(engine, engineVersion), zeroDowntimeRenames, ...known },
  });
  return planReport(design);
}

/** The same on an engine of its own, which is gone afterwards. */
export async function designAlone(
  request: PlanRequest,
  options: Pick<PgliteOptions, 'dataDirectory'> = {},
): Promise<PlanReport> {
  const all = createEngines({ log: silentLog, ...options });
  try {
    return await designPlan(request, all.of(request.engine));
  } finally {
    await all.close();
  }
}

interface Understood {
  readonly answers: Answers;
  readonly rows: (table: ObjectName) => number | undefined;
}

async function understood({ current, desired, given, rows }: PlanRequest): Promise<Understood> {
  await loadParsers();
  const [before, after] = [readSchema(current), readSchema(desired)];
  if (isEmptySchema(after) && !isEmptySchema(before)) {
    const file = desired[0]?.file ?? 'the desired schema';
    throw new UsageError(
      `${file} makes nothing, so that everything in the current schema would be dropped`,
      'Name the schema as it is to be; what is to go is left out of it',
    );
  }
  const schemas = schemasOf(before, after);
  const remarks = remarksOf(desired, after);
  for (const { says, value, place } of remarks)
    if (says !== 'renamed' && says !== 'moved' && !isOneExpression(value))
      throw new UsageError(
        `${place}: "${value}" is not one SQL expression`,
        'Write the expression and nothing after it',
      );
  const { answers, misfits } = settleAnswers(given, remarks, schemas);
  const [misfit] = misfits;
  if (misfit !== undefined) throw misfitError(misfit);
  return { answers, rows: rowsIn(rows, schemas) };
}

function schemasOf(before: readonly Script[], after: readonly Script[]): Schemas {
  const [current, desired] = [catalogOf('postgresql', before), catalogOf('postgresql', after)];
  const isWhole = ({ tables }: Catalog) => [...tables.values()].every(({ open }) => !open);
  return {
    current: current.catalog,
    desired: desired.catalog,
    isSure:
      ![...before, ...after].some(leavesDoubt) &&
      [current, desired].every(({ catalog, problems }) => problems.length === 0 && isWhole(catalog)),
  };
}

function misfitError({ place, message, wanted, known = [] }: MisfitAnswer): UsageError {
  const meant = wanted === undefined ? undefined : didYouMean(wanted, known);
  const guess = meant === undefined ? '' : `Did you mean ${meant}? `;
  return new UsageError(`${place}: ${message}`, `${guess}Correct it or leave it out`);
}

function rowsIn(given: ReadonlyMap<string, number>, { current, desired, isSure }: Schemas): Understood['rows'] {
  const tables = new Set([...current.tables.keys(), ...desired.tables.keys()]);
  const rows = new Map([...given].map(([name, number]) => [qualifiedName(name, tables), number]));
  for (const name of rows.keys()) {
    if (tables.has(name) || !isSure) continue;
    const known = [...tables].map(shown);
    const message = `${shown(name)} is a table of neither schema`;
    throw misfitError({ place: `rows of ${shown(name)}`, message, wanted: shown(name), known });
  }
  return (table) => rows.get(keyOf(table));
}
