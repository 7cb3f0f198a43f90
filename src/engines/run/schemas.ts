import type { Log } from '../../kernel/log.ts';
import type { Description } from '../../sql/description.ts';
import { introspect } from '../introspect/introspect.ts';
import type { DesignInput, Schema } from '../port.ts';
import { EngineEnded, type Session } from '../session.ts';
import { runBase } from './base.ts';
import type { Failure } from './run-file.ts';
import { staged } from './stage.ts';
import { isSurrounding, makeRoles } from './surroundings.ts';
import { readTogether, runTogether, textsOf } from './together.ts';

/** Makes one of two schemas, in a database with the roles that either names, so that privileges can be compared. */
export async function makeSchema(session: Session, input: DesignInput, schema: Schema): Promise<Failure | undefined> {
  await makeRoles(session, [input.current, input.desired].flatMap(textsOf));
  if (await isMadeTogether(session, schema)) return undefined;
  return (await runBase(session, schema, isSurrounding)).failure;
}

/** All at once is faster, and says nothing of what fails: then nothing is made. */
async function isMadeTogether(session: Session, schema: Schema): Promise<boolean> {
  const scripts = readTogether(schema);
  if (scripts === undefined) return false;
  await session.run('BEGIN');
  const isMade = (await runTogether(session, scripts, isSurrounding)) && (await session.run('COMMIT')).ok;
  // Taking it back takes back what it SET, and leaves what was SET for it.
  await session.run(isMade ? 'DISCARD ALL' : 'ROLLBACK');
  return isMade;
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
export async function describeInPassing(
  session: Session,
  input: DesignInput,
  log: Log,
): Promise<Description | undefined> {
  const scripts = await staged(log, 'read the desired schema', () => readTogether(input.desired));
  if (scripts === undefined) return undefined;

  await makeRoles(session, [input.current, input.desired].flatMap(textsOf));
  await session.run('BEGIN');
  const isMade = await staged(log, 'make the desired schema', () => runTogether(session, scripts, isSurrounding));
  const description = isMade ? await staged(log, 'describe the desired schema', () => introspect(session)) : undefined;
  await session.run('ROLLBACK');
  await session.run('DISCARD ALL');
  return description;
}
