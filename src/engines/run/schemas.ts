import type { Description } from '../../sql/description.ts';
import { parse } from '../../sql/parsers/index.ts';
import { introspect } from '../introspect/introspect.ts';
import type { DesignInput, Schema } from '../port.ts';
import { EngineEnded, type Session } from '../session.ts';
import { runBase } from './base.ts';
import type { Failure } from './run-file.ts';
import { isSurrounding, makeRoles } from './surroundings.ts';

/** Makes one of two schemas, in a database with the roles that either names, so that privileges can be compared. */
export async function makeSchema(session: Session, input: DesignInput, schema: Schema): Promise<Failure | undefined> {
  await makeRoles(session, [input.current, input.desired].flatMap(textsOf));
  return (await runBase(session, schema, isSurrounding)).failure;
}

/** What the engine says of the desired schema, or why it cannot be made. The database is then used up. */
export async function describeDesired(session: Session, input: DesignInput): Promise<Description | Failure> {
  try {
    return (await makeSchema(session, input, input.desired)) ?? (await introspect(session));
  } catch (thrown) {
    if (!(thrown instanceof EngineEnded)) throw thrown;
    return { file: 'schema', statement: '', line: 1, message: thrown.message, code: thrown.ending };
  }
}

/**
 * The same in one transaction that is taken back, which spares a database of its own; nothing where that cannot be: with a concurrent
 * build, an enum value that is added and used, or anything that fails.
 */
export async function describeInPassing(session: Session, input: DesignInput): Promise<Description | undefined> {
  const scripts = textsOf(input.desired).map((sql) => parse(sql, 'postgresql'));
  const statements = scripts.flatMap((script) => script.statements);
  const isFramed = statements.some(({ changes }) => changes.some(({ kind }) => kind === 'transaction'));
  if (isFramed || scripts.some(({ errors }) => errors.length > 0)) return undefined;

  await makeRoles(session, [input.current, input.desired].flatMap(textsOf));
  await session.run('BEGIN');
  let isMade = true;
  for (const statement of statements) {
    if (isSurrounding(statement)) continue;
    isMade = (await session.run(statement.sql)).ok;
    if (!isMade) break;
  }
  const description = isMade ? await introspect(session) : undefined;
  await session.run('ROLLBACK');
  await session.run('DISCARD ALL');
  return description;
}

function textsOf({ schema = '', base }: Schema): readonly string[] {
  return [schema, ...base.map(({ sql }) => sql)];
}
