import type { Constraint, Deferrable } from '../change.ts';
import type { Engine } from '../engine.ts';
import { quoteIdentifier, quoteName } from '../quote.ts';

/** A table constraint as it stands after ADD and in CREATE TABLE. */
export function renderConstraint(constraint: Constraint, engine: Engine): string {
  const name = constraint.name === undefined ? '' : `CONSTRAINT ${quoteIdentifier(constraint.name, engine)} `;
  return name + definition(constraint, engine);
}

function definition(constraint: Constraint, engine: Engine): string {
  switch (constraint.kind) {
    case 'primary-key':
      return `PRIMARY KEY ${columnsOrIndex(constraint, engine)}${deferral(constraint)}`;
    case 'unique': {
      // Of an index that is there already, the index says it.
      const nulls =
        constraint.nullsNotDistinct === true && constraint.usingIndex === undefined ? 'NULLS NOT DISTINCT ' : '';
      return `UNIQUE ${nulls}${columnsOrIndex(constraint, engine)}${deferral(constraint)}`;
    }
    case 'check':
      return `CHECK (${constraint.expression})${heritage(constraint)}${validity(constraint.validated)}`;
    case 'foreign-key': {
      const target = constraint.referencedColumns.length === 0 ? '' : ` ${list(constraint.referencedColumns, engine)}`;
      const onDelete = constraint.onDelete === undefined ? '' : ` ON DELETE ${constraint.onDelete.toUpperCase()}`;
      const onUpdate = constraint.onUpdate === undefined ? '' : ` ON UPDATE ${constraint.onUpdate.toUpperCase()}`;
      const references = `REFERENCES ${quoteName(constraint.references, engine)}${target}${onDelete}${onUpdate}`;
      return `FOREIGN KEY ${list(constraint.columns, engine)} ${references}${deferral(constraint)}${validity(constraint.validated)}`;
    }
    case 'not-null':
      return `NOT NULL ${quoteIdentifier(constraint.column, engine)}${heritage(constraint)}${validity(constraint.validated)}`;
    case 'exclusion':
      return constraint.definition;
  }
}

function columnsOrIndex(
  { columns, usingIndex, include }: Extract<Constraint, { kind: 'primary-key' | 'unique' }>,
  engine: Engine,
): string {
  if (usingIndex !== undefined) return `USING INDEX ${quoteIdentifier(usingIndex, engine)}`;
  return `${list(columns, engine)}${include === undefined ? '' : ` INCLUDE ${list(include, engine)}`}`;
}

function deferral({ deferrable }: { readonly deferrable?: Deferrable }): string {
  if (deferrable === undefined) return '';
  return deferrable === 'deferred' ? ' DEFERRABLE INITIALLY DEFERRED' : ' DEFERRABLE';
}

/** Names in parentheses. */
export function list(names: readonly string[], engine: Engine): string {
  return `(${names.map((name) => quoteIdentifier(name, engine)).join(', ')})`;
}

function heritage({ noInherit }: { readonly noInherit?: true }): string {
  return noInherit === true ? ' NO INHERIT' : '';
}

function validity(validated: boolean): string {
  return validated ? '' : ' NOT VALID';
}
