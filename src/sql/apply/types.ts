import type { BodyOf } from '../change.ts';
import type { TypeChange } from '../changes/types.ts';
import { display, keyOf } from '../name.ts';
import { type Appliers, leaveAsItIs } from './applier.ts';
import { alter, type Draft, type Problem } from './draft.ts';
import { withoutColumn } from './table-edits.ts';

/** Types other than enums are not modelled, so an unknown one is no problem here and below. */
function addEnumValue(draft: Draft, change: BodyOf<'add-enum-value'>): Problem {
  const values = draft.enums.get(keyOf(change.type));
  if (values === undefined || values.includes(change.value)) return undefined;
  const at = change.before === undefined ? values.indexOf(change.after ?? '') + 1 : values.indexOf(change.before);
  const place = at > 0 || change.before !== undefined ? Math.max(at, 0) : values.length;
  draft.enums.set(keyOf(change.type), values.toSpliced(place, 0, change.value));
  return undefined;
}

/** CASCADE drops the columns of the type with it (manual, DROP TYPE). */
function dropType(draft: Draft, { type, cascade }: BodyOf<'drop-type'>): Problem {
  draft.enums.delete(keyOf(type));
  if (!cascade) return undefined;
  const text = display(type);
  for (const table of [...draft.tables.values()]) {
    const columns = table.columns.filter((column) => column.type === text || column.type === `${text}[]`);
    for (const column of columns) alter(draft, table.name, (before) => withoutColumn(before, column.name));
  }
  return undefined;
}

/** Enums, domains and composite types. */
export const typeAppliers: Appliers<TypeChange['kind']> = {
  'create-enum': (draft, { type, values }) => {
    draft.enums.set(keyOf(type), values);
    return undefined;
  },
  'add-enum-value': addEnumValue,
  'rename-enum-value': leaveAsItIs,
  'create-domain': leaveAsItIs,
  'alter-domain': leaveAsItIs,
  'create-composite': leaveAsItIs,
  'alter-composite': leaveAsItIs,
  'rename-type': leaveAsItIs,
  'set-type-schema': leaveAsItIs,
  'drop-type': dropType,
};
