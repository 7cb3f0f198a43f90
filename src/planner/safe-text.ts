import type { ChangeBody, Column, Constraint, Index } from '../sql/change.ts';
import { isOneExpression } from './expression.ts';

/**
 * The first text of a change that is not one SQL expression, or `undefined`. Types, defaults, checks and predicates stand in
 * statements as they are, and a request's words may have made them, so none may end its statement and begin another.
 */
export function unsafeText(change: ChangeBody): string | undefined {
  return textsOf(change).find((text) => !isOneExpression(text));
}

function textsOf(change: ChangeBody): readonly string[] {
  switch (change.kind) {
    case 'create-table':
      return [
        ...change.columns.flatMap(ofColumn),
        ...change.constraints.flatMap(ofConstraint),
        ...change.indexes.flatMap(ofIndex),
        ...given(change.partitionBy),
      ];
    case 'add-column':
      return ofColumn(change.column);
    case 'set-default':
      return [change.default.sql];
    case 'change-column-type':
      return [change.type, ...given(change.using)];
    case 'set-expression':
      return [change.expression];
    case 'add-constraint':
      return ofConstraint(change.constraint);
    case 'create-index':
      return ofIndex(change.index);
    default:
      return [];
  }
}

function ofColumn({ type, default: value, generated }: Column): readonly string[] {
  return [type, ...given(value?.sql), ...given(generated?.expression)];
}

function ofConstraint(constraint: Constraint): readonly string[] {
  if (constraint.kind === 'check') return [constraint.expression];
  return constraint.kind === 'exclusion' ? [constraint.definition] : [];
}

function ofIndex({ keys, where }: Index): readonly string[] {
  return [...keys.flatMap(({ expression }) => given(expression)), ...given(where)];
}

function given(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}
