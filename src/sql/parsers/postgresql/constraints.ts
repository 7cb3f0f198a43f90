import type { Constraint as ConstraintNode } from 'libpg-query';
import type { Constraint, Deferrable, ReferentialAction } from '../../change.ts';
import { nameOf } from './names.ts';
import { texts } from './nodes.ts';
import { closing, indexAt, isToken, type Reading, scan, textOf } from './reading.ts';

/**
 * A constraint of a table, or of the column given. `undefined` for the parts of a column definition that PostgreSQL's
 * grammar calls constraints but which are none (NULL, DEFAULT, DEFERRABLE, ...).
 */
export function constraintOf(node: ConstraintNode, reading: Reading, column?: string): Constraint | undefined {
  const named = node.conname === undefined ? {} : { name: node.conname };
  const columns = column === undefined ? texts(node.keys) : [column];
  const index = node.indexname === undefined ? {} : { usingIndex: node.indexname };
  const heir = node.is_no_inherit === true ? { noInherit: true as const } : {};
  const validated = node.initially_valid === true && node.skip_validation !== true;

  switch (node.contype) {
    case 'CONSTR_PRIMARY':
      return { kind: 'primary-key', ...named, columns, ...index, ...included(node), ...deferrableOf(node) };
    case 'CONSTR_UNIQUE':
      return {
        kind: 'unique',
        ...named,
        columns,
        ...index,
        ...(node.nulls_not_distinct === true ? { nullsNotDistinct: true } : {}),
        ...included(node),
        ...deferrableOf(node),
      };
    case 'CONSTR_CHECK':
      return { kind: 'check', ...named, expression: parenthesized(node, reading), validated, ...heir };
    case 'CONSTR_FOREIGN':
      return {
        kind: 'foreign-key',
        ...named,
        columns: column === undefined ? texts(node.fk_attrs) : [column],
        references: nameOf(node.pktable),
        referencedColumns: texts(node.pk_attrs),
        ...action('onDelete', node.fk_del_action),
        ...action('onUpdate', node.fk_upd_action),
        validated,
        ...deferrableOf(node),
      };
    case 'CONSTR_NOTNULL': {
      const [target = column ?? ''] = texts(node.keys);
      return { kind: 'not-null', ...named, column: target, validated, ...heir };
    }
    case 'CONSTR_EXCLUSION':
      return { kind: 'exclusion', ...named, definition: exclusion(node, reading) };
    default:
      return undefined;
  }
}

/**
 * A constraint of a column with what the parts after it say of it: DEFERRABLE, INITIALLY DEFERRED and NOT ENFORCED are parts
 * of their own there.
 */
export function withAttributes(constraint: Constraint, following: readonly ConstraintNode[]): Constraint {
  const end = following.findIndex(({ contype = '' }) => !contype.startsWith('CONSTR_ATTR_'));
  const said = new Set((end === -1 ? following : following.slice(0, end)).map(({ contype }) => contype));
  const mayBeDeferred = 'columns' in constraint;
  const deferred = said.has('CONSTR_ATTR_DEFERRED');
  return {
    ...constraint,
    ...(mayBeDeferred
      ? deferrableOf({ deferrable: deferred || said.has('CONSTR_ATTR_DEFERRABLE'), initdeferred: deferred })
      : {}),
    ...('validated' in constraint && said.has('CONSTR_ATTR_NOT_ENFORCED') ? { validated: false } : {}),
  };
}

function included({ including }: ConstraintNode): { readonly include?: readonly string[] } {
  return including === undefined ? {} : { include: texts(including) };
}

function deferrableOf({ deferrable, initdeferred }: Pick<ConstraintNode, 'deferrable' | 'initdeferred'>): {
  readonly deferrable?: Deferrable;
} {
  if (deferrable !== true) return {};
  return { deferrable: initdeferred === true ? 'deferred' : 'immediate' };
}

/** The text between the first parentheses after a constraint's keyword. */
export function parenthesized(node: ConstraintNode, reading: Reading): string {
  const open = scan(reading, indexAt(reading, node.location), (at) => isToken(reading, at, '('));
  return textOf(reading, open + 1, closing(reading, open));
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};

/** NO ACTION is what PostgreSQL does without a clause, so it is not told apart from none. */
function action(
  key: 'onDelete' | 'onUpdate',
  code: string | undefined,
): Partial<Record<typeof key, ReferentialAction>> {
  const found = actions[code ?? ''];
  return found === undefined ? {} : { [key]: found };
}

function exclusion(node: ConstraintNode, reading: Reading): string {
  const from = scan(reading, indexAt(reading, node.location), (at) => isToken(reading, at, 'exclude'));
  return textOf(
    reading,
    from,
    scan(reading, from, (at) => isToken(reading, at, ',')),
  );
}
