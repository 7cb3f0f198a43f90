import { makeObjectName } from '../../../sql/apply/names.ts';
import type { Table } from '../../../sql/catalog.ts';
import type { Situation } from '../../situation.ts';

/** Since PostgreSQL 18 NOT NULL is a constraint with a name (release notes of 18), which a rename of its column leaves as it is. */
export function namesNotNull({ version }: Situation): boolean {
  return version >= 18;
}

/** The name that somebody gave it, or that PostgreSQL gives. */
export function notNullName({ name, constraints }: Table, column: string): string {
  const known = constraints.find((each) => each.kind === 'not-null' && each.column === column);
  return known?.name ?? makeObjectName(name.name, column, 'not_null');
}
