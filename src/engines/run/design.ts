import {
  planOf,
  questionsBetween,
  type Rename,
  type Route,
  renameSteps,
  renamesOf,
  routeBetween,
  type SchemaPlanOptions,
} from '../../planner/schemas/index.ts';
import type { Description } from '../../sql/description.ts';
import { renderChange } from '../../sql/render.ts';
import { introspect } from '../introspect/introspect.ts';
import type { DesignInput, Schema } from '../port.ts';
import { EngineEnded, type Session } from '../session.ts';
import { runBase } from './base.ts';
import { failureOf, unproven } from './prove.ts';
import type { Failure } from './run-file.ts';
import { isSurrounding, makeRoles } from './surroundings.ts';
import { type WalkOptions, type WalkOutcome, walk } from './walk.ts';

/** What a session makes of the desired schema; or why it cannot be made. */
export async function describeDesired(session: Session, input: DesignInput): Promise<Description | Failure> {
  try {
    return (await makeSchema(session, input, input.desired)) ?? (await introspect(session));
  } catch (thrown) {
    if (!(thrown instanceof EngineEnded)) throw thrown;
    return { file: 'schema', statement: '', line: 1, message: thrown.message, code: thrown.ending };
  }
}

/** In a database with the roles that either schema names, so that privileges can be compared. */
async function makeSchema(
  session: Session,
  { current, desired }: DesignInput,
  schema: Schema,
): Promise<Failure | undefined> {
  await makeRoles(
    session,
    [current, desired].flatMap((each) => [each.schema ?? '', ...each.base.map(({ sql }) => sql)]),
  );
  return (await runBase(session, schema, isSurrounding)).failure;
}

/**
 * Plans the way from a schema to a desired one, both as the engine describes them, and goes it. What the engine refuses is a result.
 * While there are questions, nothing is planned.
 */
export async function design(
  session: Session,
  input: DesignInput,
  wanted: Promise<Description | Failure>,
  how: WalkOptions,
): Promise<WalkOutcome> {
  const proof = unproven(session.version);
  const refused = (failure: Failure, what: string): WalkOutcome => ({
    ...nothing,
    proof: { ...proof, failure: { step: 0, ...failureOf(failure, what) } },
  });
  try {
    const unmade = await makeSchema(session, input, input.current);
    if (unmade !== undefined) return refused(unmade, 'the current schema cannot be made');
    const start = await introspect(session);
    const desired = await wanted;
    if ('message' in desired) return refused(desired, 'the desired schema cannot be made');
    const route = await routeFrom(session, start, desired, input.options);
    if (route.questions.length > 0) return { ...nothing, questions: route.questions, proof };
    return { questions: [], ...(await walk(session, { start, desired, route, options: input.options }, how)) };
  } catch (thrown) {
    if (!(thrown instanceof EngineEnded)) throw thrown;
    const failure = { step: 0, statement: '', message: `${thrown.ending}: ${thrown.message}` };
    return { ...nothing, proof: { ...proof, failure } };
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
  };
}

/** The schema as it is once tables and columns have their new names, which the engine carries into everything built on them. */
async function afterRenames(session: Session, renames: readonly Rename[]): Promise<Description> {
  await session.run('BEGIN');
  for (const rename of renames) {
    const ran = await session.run(renderChange(rename));
    if (!ran.ok) break;
  }
  const renamed = await introspect(session);
  await session.run('ROLLBACK');
  return renamed;
}
