import type { Log } from '../../kernel/log.ts';
import { planFindings } from '../../planner/plan-findings.ts';
import type { Draft } from '../../planner/recipe.ts';
import {
  answersFor,
  planOf,
  type Route,
  routeBetween,
  type SchemaPlanOptions,
  touchedTables,
} from '../../planner/schemas/index.ts';
import type { Description } from '../../sql/description.ts';
import { keyOf } from '../../sql/name.ts';
import { differences } from '../introspect/differences.ts';
import { introspect } from '../introspect/introspect.ts';
import type { Design } from '../port.ts';
import type { Data } from '../seed/insert.ts';
import type { Session } from '../session.ts';
import { columnBefore, type Fitting, seedFitting } from './fitting-rows.ts';
import { failureOf, unproven } from './prove.ts';
import { fingerprints } from './rows.ts';
import { staged } from './stage.ts';
import { revertSteps, runSteps, type StepFailure } from './steps.ts';

/** A way between two schemas that has not been gone yet. */
export interface Walk {
  readonly start: Description;
  readonly desired: Description;
  readonly route: Route;
  readonly options: SchemaPlanOptions;
  /** What the rows that are made up have to satisfy. */
  readonly fitting: Fitting;
}

export interface WalkOptions {
  readonly log: Log;
  /** Which rows there are to be in the tables; absent: none. */
  readonly data?: Data;
}

export interface WalkOutcome extends Design {
  /** With which a step failed. */
  readonly code?: string;
  /** Whether its steps stand in another order than their goals. */
  readonly reordered?: boolean;
}

/** Beyond the first, only for what PostgreSQL has made of a step otherwise than was expected. */
const rounds = 3;

/**
 * Carries out a route step by step, compares what comes out with what was wanted, plans again from there, and goes back. What is
 * still different is planned and carried out too.
 */
export async function walk(
  session: Session,
  { start, desired, route, options, fitting }: Walk,
  { log, data }: WalkOptions,
): Promise<Omit<WalkOutcome, 'questions'>> {
  const proof = unproven(session.version);
  const drafts: Draft[] = [...route.drafts];
  const { unsupported } = route;
  const tables = [...desired.catalog.tables.values()].map(({ name }) => keyOf(name));
  const says = (hazard: Draft['hazards'][number]) => drafts.some(({ hazards }) => hazards.includes(hazard));
  const fills = [...answersFor([start, desired], options).fills.keys()];
  const filled = new Set(fills.map((column) => columnBefore(column, fitting.renames)));
  // No step can find the rows of other tables, or lose them, and in a thousand tables they take longer than all steps.
  const touched = new Set<string>();
  const fill = async (steps: readonly Draft[], at: Description): Promise<void> => {
    const more = [...touchedTables(steps, at)].filter(
      (table) => start.catalog.tables.has(table) && !touched.has(table),
    );
    for (const table of more) touched.add(table);
    if (data === undefined || more.length === 0) return;
    const seeded = await staged(log, 'make up rows', () =>
      // What comes later than the first steps finds rows that these have gone over.
      seedFitting(session, { log, tables: touched, data }, steps === drafts ? fitting : { guards: [], renames: [] }),
    );
    proof.rows = seeded.rows;
    const unfit = seeded.empty.filter((table) => seeded.guarded.has(table));
    if (unfit.length > 0)
      proof.remarks = unfit.map(
        (table) =>
          `no row could be made up for ${table.replace(/^public\./, '')} that satisfies what the desired schema demands, so it was empty: whether the plan stands the real rows is not known`,
      );
  };
  await fill(drafts, start);
  const printed = [...start.catalog.tables].flatMap(([key, table]) => (touched.has(key) ? [table] : []));
  const before = await staged(log, 'take the print of rows', () => fingerprints(session, printed, filled));

  let plan = planOf(drafts, unsupported, tables);
  for (let round = 1, done = 0; ; round++) {
    const run = await staged(log, 'run the steps', () => runSteps(session, plan.steps.slice(done)));
    proof.ms = Math.round(proof.ms + run.ms);
    proof.locks = { ...proof.locks, ...run.locks };
    proof.rewrites = { ...proof.rewrites, ...run.rewrites };
    if (run.failed !== undefined) return { plan, ...failedAt(proof, run.failed) };
    done = plan.steps.length;
    const reached = await staged(log, 'describe the schema reached', () => introspect(session));
    const left = differences(desired, reached);
    // What comes after the end is little, and stands in the order in which it was found.
    const again = await staged(log, 'plan again', () =>
      routeBetween(reached, desired, { ...options, inOrderOfGoals: true }),
    );
    proof.reachedDesired = left.length === 0 && again.drafts.length === 0;
    proof.differences = left.map((difference) => `after the last step, ${difference}`);
    if (again.drafts.length === 0 || unsupported.length > 0 || round === rounds) break;
    await fill(again.drafts, reached);
    drafts.push(...again.drafts);
    plan = planOf(drafts, unsupported, tables);
  }
  proof.applied = true;
  const findings = await staged(log, 'hold the plan against the rules', () =>
    planFindings(plan, start.catalog, options),
  );
  if (findings.length > 0) proof.findings = findings.map(({ file, rule, message }) => `${file}: ${rule}: ${message}`);

  const stuck = await staged(log, 'go back', () => revertSteps(session, plan.steps));
  if (stuck !== undefined) return { plan, ...failedAt(proof, stuck) };
  const back = await staged(log, 'describe the schema after going back', () => introspect(session));
  const left = differences(withAddedValues(start, back), back).map((difference) => `after going back, ${difference}`);
  const deletes = says('deletes-data');
  const after = deletes
    ? before
    : await staged(log, 'compare the print of rows', () => fingerprints(session, printed, filled));
  const lost = changedRows(before, after);
  proof.differences = [...proof.differences, ...left, ...lost];
  proof.reverted = deletes && left.length === 0 ? null : left.length + lost.length === 0;
  return { plan, proof };
}

/** No statement takes a value from an enum again (ALTER TYPE), so those that were added stay, and do no harm where no row has them. */
function withAddedValues(start: Description, back: Description): Description {
  const objects = new Map(start.objects);
  for (const [name, values] of start.catalog.enums) {
    const now = back.catalog.enums.get(name);
    const object = back.objects.get(`enum ${name}`);
    if (now === undefined || object === undefined) continue;
    if (now.filter((value) => values.includes(value)).join('\0') === values.join('\0')) objects.set(object.key, object);
  }
  return { ...start, objects };
}

function failedAt(proof: Design['proof'], { step, failure }: StepFailure): Pick<WalkOutcome, 'proof' | 'code'> {
  return { proof: { ...proof, failure: { step, ...failureOf(failure) } }, code: failure.code };
}

function changedRows(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...before]
    .filter(([table, print]) => after.get(table) !== print)
    .map(([table]) => `after going back, the rows of ${table} are others`);
}
