import {
  answersFor,
  guardsBetween,
  planOf,
  questionsBetween,
  type Rename,
  type Route,
  renameStatements,
  renameSteps,
  renamesOf,
  routeBetween,
  type SchemaPlanOptions,
} from '../../planner/schemas/index.ts';
import type { Description } from '../../sql/description.ts';
import { introspect } from '../introspect/introspect.ts';
import type { DesignInput } from '../port.ts';
import { EngineEnded, type Session } from '../session.ts';
import type { Fitting } from './fitting-rows.ts';
import { failureOf, unproven } from './prove.ts';
import type { Failure } from './run-file.ts';
import { describeInPassing, makeSchema } from './schemas.ts';
import { staged } from './stage.ts';
import { type WalkOptions, type WalkOutcome, walk } from './walk.ts';

/**
 * The same as {@link design} in one database; nothing where the desired schema cannot be described in passing, and needs a database of
 * its own.
 */
export async function designInPassing(
  session: Session,
  input: DesignInput,
  how: WalkOptions,
): Promise<WalkOutcome | undefined> {
  return surviving(session, async () => {
    const desired = await describeInPassing(session, input, how.log);
    return desired === undefined ? undefined : design(session, input, desired, how);
  });
}

/**
 * Plans the way from a schema to a desired one, both as the engine describes them, and goes it. What the engine refuses is a result.
 * While there are questions, nothing is planned.
 */
export async function design(
  session: Session,
  input: DesignInput,
  desired: Description | Failure,
  how: WalkOptions,
): Promise<WalkOutcome> {
  return surviving(session, async () => {
    const proof = unproven(session.version);
    const refused = (failure: Failure, what: string): WalkOutcome => ({
      ...nothing,
      proof: { ...proof, failure: { step: 0, ...failureOf(failure, what) } },
    });
    const unmade = await staged(how.log, 'make the current schema', () => makeSchema(session, input, input.current));
    if (unmade !== undefined) return refused(unmade, 'the current schema cannot be made');
    const start = await staged(how.log, 'describe the current schema', () => introspect(session));
    if ('message' in desired) return refused(desired, 'the desired schema cannot be made');
    const route = await staged(how.log, 'plan', () => routeFrom(session, start, desired, input.options));
    if (route.questions.length > 0) return { ...nothing, questions: route.questions, proof };
    const fitting = await staged(how.log, 'see what rows must satisfy', () =>
      fittingOf(session, start, desired, input.options),
    );
    const { reordered = false } = route;
    const walked = await walk(session, { start, desired, route, options: input.options, fitting }, how);
    return { questions: [], reordered, ...walked };
  });
}

/** The end of the engine is a result as well. */
async function surviving<Outcome>(session: Session, work: () => Promise<Outcome>): Promise<Outcome | WalkOutcome> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof EngineEnded)) throw thrown;
    const failure = { step: 0, statement: '', message: `${thrown.ending}: ${thrown.message}` };
    return { ...nothing, proof: { ...unproven(session.version), failure } };
  }
}

const nothing: Pick<WalkOutcome, 'plan' | 'questions'> = { plan: planOf([], [], []), questions: [] };

/** Renames come first; the rest is planned from the schema that they leave. */
async function routeFrom(
  session: Session,
  start: Description,
  desired: Description,
  options: SchemaPlanOptions,
): Promise<Route> {
  const questions = questionsBetween(start, desired, options);
  if (questions.length > 0) return { drafts: [], unsupported: [], questions };
  const { renames } = renamesOf(start, desired, options);
  const first = renameSteps(renames, start, options);
  const renamed = renames.length === 0 ? start : await afterRenames(session, renames);
  const then = routeBetween(renamed, desired, options);
  return {
    drafts: [...first.drafts, ...then.drafts],
    unsupported: [...first.unsupported, ...then.unsupported],
    questions: then.questions,
    reordered: then.reordered ?? false,
  };
}

/** What the desired schema demands of rows, in the names that it has for them. */
async function fittingOf(
  session: Session,
  start: Description,
  desired: Description,
  options: SchemaPlanOptions,
): Promise<Fitting> {
  const { renames } = renamesOf(start, desired, options);
  const renamed = renames.length === 0 ? start : await afterRenames(session, renames);
  return { guards: guardsBetween(renamed, desired, answersFor([start, desired], options)), renames };
}

/** The schema as it is once tables and columns have their new names, which the engine carries into everything built on them. */
async function afterRenames(session: Session, renames: readonly Rename[]): Promise<Description> {
  await session.run('BEGIN');
  for (const statement of renames.flatMap(renameStatements)) {
    const ran = await session.run(statement);
    if (!ran.ok) break;
  }
  const renamed = await introspect(session);
  await session.run('ROLLBACK');
  return renamed;
}
