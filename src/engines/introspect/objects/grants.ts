import type { Row } from '../../session.ts';
import { type Draft, facet } from './draft.ts';

interface Privilege {
  readonly privilege: string;
  readonly grantable: boolean;
}

/** The privileges of roles on objects and on columns, where they are others than such an object has by itself. */
export function privilegesOf(rows: readonly Row[]): readonly Draft[] {
  const onColumns = new Set(rows.filter(({ part }) => part !== null).map(({ of, grantee }) => `${of} for ${grantee}`));
  return rows.map((row) => privilegesOfRole(row, row.part === null && onColumns.has(`${row.of} for ${row.grantee}`)));
}

/** REVOKE on a table takes the privileges on its columns along (manual, REVOKE), so that those are to be given again after it. */
function privilegesOfRole(row: Row, hasColumns: boolean): Draft {
  const { of, part, column, target, grantee } = row;
  const { definition, create, drop, replace } = statementsOf(row, `ON ${String(target)}`, '', (privilege) =>
    column === null ? privilege : `${privilege} (${String(column)})`,
  );
  return facet({
    key: `privileges on ${String(part ?? of)} for ${String(grantee)}`,
    kind: 'privileges',
    ...(hasColumns ? { definition, create, drop } : { definition, create, drop, replace }),
    needs: part === null ? [] : [`privileges on ${String(of)} for ${String(grantee)}`],
    of: String(part ?? of),
  });
}

/** ALTER DEFAULT PRIVILEGES, one object a role to whom they are given. */
export function defaultPrivilegesOf(row: Row): Draft {
  const { of, owner, schema, place, target, grantee } = row;
  const where = schema === null ? '' : ` in schema ${String(schema)}`;
  return facet({
    key: `default privileges of ${String(owner)}${where} on ${String(target).toLowerCase()} for ${String(grantee)}`,
    kind: 'default privileges',
    ...statementsOf(
      row,
      `ON ${String(target)}`,
      `ALTER DEFAULT PRIVILEGES ${String(place)} `,
      (privilege) => privilege,
    ),
    needs: [],
    ...(of === null ? {} : { of: String(of) }),
  });
}

function statementsOf(row: Row, on: string, before: string, written: (privilege: string) => string) {
  const actual = row.actual as readonly Privilege[];
  const initial = row.initial as readonly Privilege[];
  const grants = (all: readonly Privilege[]) =>
    [false, true].flatMap((option) => {
      const some = all.filter(({ grantable }) => grantable === option).map(({ privilege }) => written(privilege));
      const withOption = option ? ' WITH GRANT OPTION' : '';
      return some.length === 0 ? [] : [`${before}GRANT ${some.join(', ')} ${on} TO ${String(row.role)}${withOption}`];
    });
  const revoke = `${before}REVOKE ${written('ALL')} ${on} FROM ${String(row.role)}`;
  return {
    definition: actual.map(({ privilege, grantable }) => privilege + (grantable ? '*' : '')).join(', ') || 'none',
    create: [...(initial.length === 0 ? [] : [revoke]), ...grants(actual)],
    drop: [revoke, ...grants(initial)],
    replace: [revoke, ...grants(actual)],
  };
}
