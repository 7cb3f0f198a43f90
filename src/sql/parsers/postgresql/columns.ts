import type { CollateClause, ColumnDef, Constraint as ConstraintNode } from 'libpg-query';
import type { Column, Constraint, Expression } from '../../change.ts';
import { quoteIdentifier } from '../../quote.ts';
import { constraintOf, parenthesized, withAttributes } from './constraints.ts';
import { expression } from './expressions.ts';
import { allOf, texts } from './nodes.ts';
import { indexAt, isToken, type Reading, scan, textOf } from './reading.ts';
import { isSerial, typeText } from './type-names.ts';

/** A column definition: the column, and the constraints that were written with it. */
export interface ColumnReading {
  readonly column: Column;
  readonly constraints: readonly Constraint[];
}

export function columnOf(definition: ColumnDef, reading: Reading): ColumnReading {
  const name = definition.colname ?? '';
  const parts = allOf(definition.constraints, 'Constraint');
  const column = {
    name,
    // A typed table, or a partition, says only what else holds of its column.
    type: definition.typeName === undefined ? '' : typeText(definition.typeName),
    nullable: !isSerial(definition.typeName) && !parts.some(forbidsNull),
    ...defaultOf(parts, definition.collClause, reading),
    ...identityOf(definition, parts),
    ...generatedOf(parts, reading),
    ...collationOf(definition.collClause),
  };
  return { column, constraints: constraintsOf(name, parts, reading) };
}

/** PRIMARY KEY and identity imply NOT NULL (manual, CREATE TABLE). */
function forbidsNull({ contype, initially_valid, skip_validation }: ConstraintNode): boolean {
  if (contype === 'CONSTR_NOTNULL') return initially_valid === true && skip_validation !== true;
  return contype === 'CONSTR_PRIMARY' || contype === 'CONSTR_IDENTITY';
}

/** The default among the parts of a column's or domain's definition. */
export function defaultOf(
  parts: readonly ConstraintNode[],
  collation: CollateClause | undefined,
  reading: Reading,
): { readonly default?: Expression } {
  const node = parts.find(({ contype }) => contype === 'CONSTR_DEFAULT');
  if (node === undefined) return {};
  const keyword = scan(reading, indexAt(reading, node.location), (at) => isToken(reading, at, 'default'));
  // The expression has no end in the syntax tree: it goes on to the next part of the definition, or to its end.
  const others = [...parts, collation ?? {}].map(({ location }) => indexAt(reading, location));
  const next = Math.min(...others.filter((index) => index > keyword), Number.POSITIVE_INFINITY);
  const end = scan(reading, keyword + 1, (at) => at >= next || isToken(reading, at, ','));
  return { default: expression(textOf(reading, keyword + 1, end), node.raw_expr) };
}

/** The collation as SQL text: `"C"`, `pg_catalog."default"`. */
export function collationOf(clause: CollateClause | undefined): Pick<Column, 'collation'> {
  if (clause === undefined) return {};
  const parts = texts(clause.collname).map((part) => quoteIdentifier(part));
  return { collation: parts.join('.') };
}

function identityOf(definition: ColumnDef, parts: readonly ConstraintNode[]): Pick<Column, 'identity'> {
  if (isSerial(definition.typeName)) return { identity: 'serial' };
  const node = parts.find(({ contype }) => contype === 'CONSTR_IDENTITY');
  if (node === undefined) return {};
  return { identity: node.generated_when === 'd' ? 'by-default' : 'always' };
}

function generatedOf(parts: readonly ConstraintNode[], reading: Reading): Pick<Column, 'generated'> {
  const node = parts.find(({ contype }) => contype === 'CONSTR_GENERATED');
  if (node === undefined) return {};
  return { generated: { expression: parenthesized(node, reading), stored: node.generated_kind !== 'v' } };
}

/** A plain NOT NULL is a fact of the column; only one with a name or NOT VALID is a constraint of its own. */
function constraintsOf(name: string, parts: readonly ConstraintNode[], reading: Reading): readonly Constraint[] {
  return parts.flatMap((part, index) => {
    const isPlain = part.conname === undefined && part.skip_validation !== true;
    if (part.contype === 'CONSTR_NOTNULL' && isPlain) return [];
    const constraint = constraintOf(part, reading, name);
    return constraint === undefined ? [] : [withAttributes(constraint, parts.slice(index + 1))];
  });
}
