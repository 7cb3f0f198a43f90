import { undisputedName } from '../apply/names.ts';
import { tableOf } from '../catalog.ts';
import type { ChangeOf } from '../change.ts';
import { quoteIdentifier, quoteName } from '../quote.ts';
import type { RuleContext } from '../rule.ts';
import { maySplit } from './replacements.ts';

type OfTable = ChangeOf<'add-constraint' | 'set-not-null'>;

/**
 * The statement with its constraint added NOT VALID, and a second one that validates it: the same schema in the end. `undefined`
 * where the two would not be transactions of their own, or the constraint's name is not known.
 */
export function addThenValidate(change: ChangeOf<'add-constraint'>, context: RuleContext): string | undefined {
  if (change.inline !== undefined || !maySplit(change, context)) return undefined;
  const name = nameOf(change, context);
  if (name === undefined) return undefined;
  return `${context.statement} NOT VALID;\n${validation(change, name, context)}`;
}

/** `ALTER TABLE t VALIDATE CONSTRAINT c`, of the table that the change is of. */
export function validation(change: OfTable, constraint: string, context: RuleContext): string {
  return `${alterTable(change, context)} VALIDATE CONSTRAINT ${quoteIdentifier(constraint)}`;
}

/** `ALTER TABLE t`, with the IF EXISTS of the statement. */
export function alterTable({ table }: OfTable, { statement }: RuleContext): string {
  const ifExists = /^alter\s+table\s+if\s+exists\b/i.test(statement) ? 'IF EXISTS ' : '';
  return `ALTER TABLE ${ifExists}${quoteName(table)}`;
}

/** The constraint's name, or the one that PostgreSQL will give it. */
export function nameOf({ table, constraint }: ChangeOf<'add-constraint'>, { before }: RuleContext): string | undefined {
  if (constraint.name !== undefined) return constraint.name;
  const known = tableOf(before, table);
  return known === undefined ? undefined : undisputedName(before, known, constraint);
}
