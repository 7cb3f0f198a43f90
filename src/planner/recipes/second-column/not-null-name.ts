import { makeObjectName } from '../../../sql/apply/names.ts';
import type { Table } from '../../../sql/catalog.ts';
import type { Situation } from '../../situation.ts';

/** Since PostgreSQL 18 NOT NULL is a constraint with a name (release notes of 18), which a rename of its column leaves as it is. */
export function namesNotNull({ version }: Situation): boolean {
  return version >= 18;
}

/** The name that PostgreSQL gives a second one beside the first: long names are clipped to the same, and then numbered. */
export function twinName(table: Table, column: string): string {
  const taken = new Set(table.columns.filter(({ nullable }) => !nullable).map(({ name }) => notNullName(table, name)));
  for (let pass = 0; ; pass++) {
    const name = makeObjectName(table.name.name, column, pass === 0 ? 'not_null' : `not_null${pass}`);
    if (!taken.has(name)) return name;
  }
}

/** The name that somebody gave it, or that PostgreSQL gives. */
export function notNullName({ name, constraints }: Table, column: string): string {
  const known = constraints.find((each) => each.kind === 'not-null' && each.column === column);
  return known?.name ?? makeObjectName(name.name, column, 'not_null');
}
