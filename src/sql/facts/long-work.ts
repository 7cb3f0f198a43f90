import type { Change, ChangeOf } from '../change.ts';
import { display, type ObjectName } from '../name.ts';
import type { RuleContext } from '../rule.ts';
import { type RelationLock, waitedFor } from './locks/index.ts';
import { described, mayHoldRows } from './rows.ts';

/** The first relation whose rows a change goes through or writes anew, where there may be any. */
export function workedOn(change: Change, context: RuleContext): RelationLock | undefined {
  // A foreign key of a table without rows has nothing to look up in the table it refers to.
  if (change.kind === 'add-constraint' && !mayHoldRows(change.table, context)) return undefined;
  return waitedFor(change, context).find(
    ({ relation, of, rewrites, scans }) => (rewrites ?? scans) === true && mayHoldRows(of ?? relation, context),
  );
}

/**
 * What of a change takes as long as a table is large, as a phrase: `rewrites \`orders\``. `undefined` where it only touches the
 * catalog, or tables without rows.
 */
export function longWork(change: Change, context: RuleContext): string | undefined {
  if (change.kind === 'write-data') return longWrite(change, context);
  if (change.kind === 'query') return longRead(change, context);
  const worked = workedOn(change, context);
  if (worked === undefined) return undefined;
  const table = described(worked.of ?? worked.relation, context);
  if (change.kind === 'create-index') return `builds an index of ${table}`;
  return `${worked.rewrites === true ? 'rewrites' : 'scans'} ${table}`;
}

/** A query that reads a whole table: nothing in it bounds the rows, and no index could answer it. */
function longRead({ tables }: ChangeOf<'query'>, context: RuleContext): string | undefined {
  if (/\b(?:where|limit|fetch|exists|max|min)\b/i.test(context.statement)) return undefined;
  const table = tables.find((name) => !isOfSystem(name) && mayHoldRows(name, context));
  return table === undefined ? undefined : `reads ${described(table, context)}`;
}

/** The catalogs of the server, which are found without their schema as well. */
function isOfSystem({ schema, name }: ObjectName): boolean {
  return schema === 'pg_catalog' || schema === 'information_schema' || (schema === undefined && name.startsWith('pg_'));
}

/** A write that no condition bounds. What fills a table of this change set is as long as what it reads. */
function longWrite({ verb, table, bounds = [], sources = [] }: ChangeOf<'write-data'>, context: RuleContext) {
  if (bounds.length > 0) return undefined;
  if (verb === 'update' || verb === 'delete') {
    if (!mayHoldRows(table, context)) return undefined;
    return `${verb === 'update' ? 'changes' : 'deletes'} rows of ${described(table, context)}`;
  }
  const source = verb === 'insert' ? sources.find((name) => mayHoldRows(name, context)) : undefined;
  return source === undefined ? undefined : `copies ${described(source, context)} into \`${display(table)}\``;
}
