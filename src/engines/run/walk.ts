import type { Log } from '../../kernel/log.ts';
import { planFindings } from '../../planner/plan-findings.ts';
import type { Draft } from '../../planner/recipe.ts';
import {
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
import { seedRows } from '../seed/seed.ts';
import type { Session } from '../session.ts';
import { withinBounds } from './bounds.ts';
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
}

export interface WalkOptions {
  readonly log: Log;
  /** Whether there are to be rows in the tables. */
  readonly rows: boolean;
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
  { start, desired, route, options }: Walk,
  { log, rows }: WalkOptions,
): Promise<Omit<WalkOutcome, 'questions'>> {
  const proof = unproven(session.version);
  const drafts: Draft[] = [...route.drafts];
  const { unsupported } = route;
  const tables = [...desired.catalog.tables.values()].map(({ name }) => keyOf(name));
  const says = (hazard: Draft['hazards'][number]) => drafts.some(({ hazards }) => hazards.includes(hazard));
  const data = says('may-fail-on-existing-rows') ? 'distinct' : 'any';
  const filled = new Set(options.answers?.fills.keys());
  // No step can find the rows of other tables, or lose them, and in a thousand tables they take longer than all steps.
  const touched = new Set<string>();
  const fill = async (steps: readonly Draft[], at: Description): Promise<void> => {
    const more = [...touchedTables(steps, at)].filter(
      (table) => start.catalog.tables.has(table) && !touched.has(table),
    );
    for (const table of more) touched.add(table);
    if (!rows || more.length === 0) return;
    proof.rows = await staged(log, 'make up rows', () =>
      withinBounds(session, { at, desired, tables: more }, () => seedRows(session, { log, tables: touched, data })),
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
