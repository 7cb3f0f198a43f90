import { constraintInvolves, indexInvolves } from '../sql/apply/table-edits.ts';
import { columnOf } from '../sql/catalog.ts';
import type { BodyOf, Column } from '../sql/change.ts';
import type { ObjectName } from '../sql/name.ts';
import { renderChange } from '../sql/render.ts';
import type { PlannedChange } from './recipes/index.ts';
import { referencesTo } from './recipes/second-column/mirror-reference.ts';
import { columnAfter } from './recipes/second-column/switch-type.ts';
import { knownTable, type Situation } from './situation.ts';

/** The plainest statements that make the state which the plan of a change reaches, for tables without rows. */
export function plainly(change: PlannedChange, replaces: boolean, situation: Situation): readonly string[] {
  switch (change.kind) {
    case 'create-index':
    case 'drop-index':
      return [renderChange({ ...change, concurrently: false })];
    case 'add-constraint': {
      const { constraint } = change;
      return [
        renderChange({
          ...change,
          constraint: 'validated' in constraint ? { ...constraint, validated: true } : constraint,
        }),
      ];
    }
    case 'change-column-type':
    case 'rename-column':
      return replaces ? replaced(change, situation) : [renderChange(change)];
    default:
      return [renderChange(change)];
  }
}

/** The old column goes, and another takes its place as the last of the table, with everything that stood on the old one. */
function replaced(change: BodyOf<'change-column-type' | 'rename-column'>, situation: Situation): readonly string[] {
  const { table, column: name } = change;
  const known = knownTable(situation, table);
  const old = columnOf(known, name);
  if (old === undefined) return [];
  const { comment, ...column }: Column = change.kind === 'rename-column' ? old : columnAfter(old, change, name);
  const references = referencesTo(known, name, situation.catalog);
  const drop = (of: ObjectName, constraint: string) =>
    renderChange({ kind: 'drop-constraint', table: of, name: constraint, ifExists: false, cascade: false });
  const involved = known.constraints.filter((each) => each.kind !== 'not-null' && constraintInvolves(each, name));
  return [
    ...references.map(({ from, key }) => drop(from.name, key.name)),
    renderChange({ kind: 'drop-column', table, column: name, ifExists: false, cascade: false }),
    renderChange({ kind: 'add-column', table, column, ifNotExists: false }),
    ...(comment === undefined ? [] : [renderChange({ kind: 'comment', table, column: name, comment })]),
    ...involved.map((constraint) => renderChange({ kind: 'add-constraint', table, constraint })),
    ...known.indexes
      .filter((index) => indexInvolves(index, name))
      .map((index) => renderChange({ kind: 'create-index', index, concurrently: false, ifNotExists: false })),
    ...references.map(({ from, key }) => renderChange({ kind: 'add-constraint', table: from.name, constraint: key })),
    // Things keep the names that they have from the column's first one.
    ...(change.kind === 'rename-column' ? [renderChange(change)] : []),
  ];
}
