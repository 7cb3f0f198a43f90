import { columnOf, type Table } from '../../sql/catalog.ts';
import type { BodyOf } from '../../sql/change.ts';
import { display } from '../../sql/name.ts';
import { quoteIdentifier, quoteLiteral, quoteName } from '../../sql/quote.ts';
import { renderChange } from '../../sql/render.ts';
import { columnExists, columnIsGeneratedAnew, columnIsIdentity, columnIsPlain, tableIsLogged } from '../criteria.ts';
import type { Hazard } from '../plan.ts';
import { type Draft, lock, manual, scanMs, step, type Unsupported } from '../recipe.ts';
import { isEmpty, isSmall, knownTable, type Situation } from '../situation.ts';

/** What a rewrite under an exclusive lock is to everybody else. */
const rewriting: readonly Hazard[] = ['rewrites-table', 'blocks-reads', 'blocks-writes', 'long-running'];

/** Rewrites the table, whichever way (the manual, ALTER TABLE, SET LOGGED): no technique spares the lock, so the plan says it. */
export function setLogged(change: BodyOf<'set-logged'>, situation: Situation): readonly Draft[] {
  const { table, logged } = change;
  const empty = isEmpty(situation, table);
  const { relation } = lock(table, 'AccessExclusiveLock');
  return [
    step({
      title: `Make ${display(table)} ${logged ? 'survive a crash' : 'unlogged: a crash empties it'}`,
      phase: logged ? 'expand' : 'contract',
      sql: [renderChange(change)],
      down: [renderChange({ ...change, logged: !logged })],
      locks: [lock(table, 'AccessExclusiveLock')],
      rewrites: [relation],
      hazards: empty ? [] : rewriting,
      knowingly: [
        ...(empty ? [] : [{ rule: 'set-logged-rewrite', reason: 'PostgreSQL has no way without a rewrite' }]),
        ...(logged ? [] : [{ rule: 'unlogged-table', reason: 'the rows may be lost in a crash' }]),
      ],
      statementTimeoutMs: scanMs,
      criteria: [tableIsLogged(table, logged)],
      because: `The table is rewritten under an exclusive lock, and written to the log where it is to survive a crash: choose a quiet hour for a large one. ${manual('sql-altertable')}`,
    }),
  ];
}

/** The sequence is new, so it must go on after the largest value; the lock keeps inserts from coming in between. */
export function addIdentity(change: BodyOf<'add-identity'>, situation: Situation): readonly Draft[] | Unsupported {
  const { table, column, identity } = change;
  const name = `${display(table)}.${column}`;
  const known = columnOf(knownTable(situation, table), column);
  if (known === undefined) return { unsupported: `column ${name} does not exist` };
  if (known.nullable)
    return { unsupported: `${name} may be empty, which an identity column cannot; make it required first` };
  if (known.default !== undefined || known.identity !== undefined)
    return {
      unsupported: `${name} has a default, which an identity column cannot have beside its own; drop that first`,
    };
  const [target, id] = [quoteName(table), quoteIdentifier(column)];
  const sequence = `pg_get_serial_sequence(${quoteLiteral(quoteName(table))}, ${quoteLiteral(column)})`;
  return [
    step({
      title: `Let ${name} number new rows by itself`,
      phase: 'expand',
      sql: [
        renderChange(change),
        `SELECT setval(${sequence}, coalesce((SELECT max(${id}) FROM ${target}), 0) + 1, false)`,
      ],
      down: [renderChange({ kind: 'drop-identity', table, column, ifExists: true })],
      locks: [lock(table, 'AccessExclusiveLock')],
      hazards: identity === 'always' ? ['breaks-running-code'] : [],
      statementTimeoutMs: scanMs,
      criteria: [columnIsIdentity(table, column, identity === 'always' ? 'a' : 'd')],
      because: `Existing rows keep their values, so only the catalog changes; the largest value is found at once where an index begins with the column. ${manual('sql-altertable')}`,
    }),
  ];
}

/** The sequence goes with the identity; on the way back it is made again and goes on after the largest value. */
export function dropIdentity(change: BodyOf<'drop-identity'>, situation: Situation): readonly Draft[] | Unsupported {
  const { table, column } = change;
  const known = columnOf(knownTable(situation, table), column);
  if (known?.identity !== 'always' && known?.identity !== 'by-default')
    return { unsupported: `${display(table)}.${column} is no identity column` };
  const { default: _default, identity, ...bare } = known;
  const plain: Table = { ...knownTable(situation, table), columns: [bare] };
  const back = addIdentity(
    { kind: 'add-identity', table, column, identity },
    {
      ...situation,
      catalog: { ...situation.catalog, tables: new Map([[lock(table, 'AccessShareLock').relation, plain]]) },
    },
  );
  return [
    step({
      title: `Let ${display(table)}.${column} no more number rows by itself`,
      phase: 'contract',
      sql: [renderChange({ ...change, ifExists: true })],
      down: 'unsupported' in back ? [] : back.flatMap(({ sql }) => sql),
      locks: [lock(table, 'AccessExclusiveLock')],
      hazards: ['breaks-running-code'],
      criteria: [columnIsIdentity(table, column, '')],
      application: `Every insert must give ${column} a value of its own before this runs.`,
      because: `Changes the catalog only; the values stay, and the sequence goes. ${manual('sql-altertable')}`,
    }),
  ];
}

/** The values stay as they are, and are the application's to write from here on. */
export function dropExpression(
  change: BodyOf<'drop-expression'>,
  situation: Situation,
): readonly Draft[] | Unsupported {
  const { table, column } = change;
  const name = `${display(table)}.${column}`;
  const known = columnOf(knownTable(situation, table), column);
  if (known?.generated === undefined) return { unsupported: `${name} is no generated column` };
  if (!known.generated.stored)
    return { unsupported: `${name} is a virtual generated column: it holds no values that could stay` };
  const { generated, ...plain } = known;
  return [
    step({
      title: `Let ${name} be a plain column with the values that it has`,
      phase: 'contract',
      sql: [renderChange({ ...change, ifExists: true })],
      // PostgreSQL has no statement that makes a plain column a generated one.
      down: [
        renderChange({ kind: 'drop-column', table, column, ifExists: true, cascade: false }),
        renderChange({ kind: 'add-column', table, column: { ...plain, generated }, ifNotExists: false }),
      ],
      locks: [lock(table, 'AccessExclusiveLock')],
      hazards: ['breaks-running-code'],
      criteria: [columnExists(table, plain, situation.catalog), columnIsPlain(table, column)],
      application: `Code must write ${name} itself from here on.`,
      because: `Changes the catalog only. Going back computes every value again, in a new column that is the last one, and rewrites the table. ${manual('sql-altertable')}`,
    }),
  ];
}

/** Every value is computed again (the manual, ALTER TABLE, SET EXPRESSION, PostgreSQL 17). */
export function setExpression(change: BodyOf<'set-expression'>, situation: Situation): readonly Draft[] | Unsupported {
  const { table, column } = change;
  const name = `${display(table)}.${column}`;
  const known = columnOf(knownTable(situation, table), column);
  if (known?.generated === undefined) return { unsupported: `${name} is no generated column` };
  const { stored, expression } = known.generated;
  if (stored && !isSmall(situation, table))
    return {
      unsupported: `${name}: another expression rewrites the whole table under an exclusive lock; add another column with it, or say in the configuration how many rows ${display(table)} has if it is small`,
    };
  const rewrites = stored && !isEmpty(situation, table);
  return [
    step({
      title: `Compute ${name} in another way`,
      phase: 'contract',
      sql: [renderChange(change)],
      down: [renderChange({ ...change, expression })],
      locks: [lock(table, 'AccessExclusiveLock')],
      rewrites: rewrites ? [lock(table, 'AccessExclusiveLock').relation] : [],
      hazards: rewrites ? ['rewrites-table', 'blocks-reads', 'blocks-writes'] : [],
      ...(stored
        ? { knowingly: [{ rule: 'set-expression-rewrite', reason: 'the table is small enough for it' }] }
        : {}),
      statementTimeoutMs: scanMs,
      criteria: [columnIsGeneratedAnew(table, column, expression)],
      because: `${stored ? 'Every value is computed again under an exclusive lock; the table is small enough for that.' : 'A virtual column holds no values, so only the catalog changes.'} ${manual('sql-altertable')}`,
    }),
  ];
}
