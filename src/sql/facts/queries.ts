import type { ChangeOf } from '../change.ts';
import type { QueryTrait } from '../changes/queries.ts';
import { display, type ObjectName } from '../name.ts';

/** The kinds of change that hold a query. */
export const queryKinds = ['create-view', 'query', 'write-data'] as const;
export type QueryChange = ChangeOf<(typeof queryKinds)[number]>;

/** The traits of that kind of the query that a change holds. */
export function traitsOf<Kind extends QueryTrait['kind']>(
  { traits }: QueryChange,
  kind: Kind,
): readonly Extract<QueryTrait, { kind: Kind }>[] {
  return (traits ?? []).filter((trait): trait is Extract<QueryTrait, { kind: Kind }> => trait.kind === kind);
}

/** Whether the query runs again and again: one in a view or a function, not one that the migration runs once. */
export function isLasting(change: QueryChange): boolean {
  return change.within !== undefined || (change.kind === 'create-view' && !change.materialized);
}

/** The column as a message names it, with its table where that is known. */
export function columnText(column: string, table: ObjectName | undefined): string {
  return table === undefined ? `\`${column}\`` : `\`${column}\` of \`${display(table)}\``;
}
