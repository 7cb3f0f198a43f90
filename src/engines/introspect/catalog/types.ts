import type { Domain, Sequence } from '../../../sql/catalog.ts';
import type { FunctionDefinition } from '../../../sql/changes/routines.ts';
import type { Attribute, DomainCheck } from '../../../sql/changes/types.ts';
import type { Row } from '../../session.ts';
import { expressionOf, known, nameOf, text, typeOf } from './row.ts';

export function domainOf(row: Row): Domain {
  return {
    name: nameOf(row),
    type: typeOf(text(row, 'type')),
    nullable: row.required !== true,
    ...known('default', row.default === null ? null : expressionOf(text(row, 'default'))),
    ...known('collation', row.collation as string | null),
    checks: (row.checks ?? []) as readonly DomainCheck[],
  };
}

export function attributesOf({ attributes }: Row): readonly Attribute[] {
  const all = attributes as readonly (Attribute & { readonly collation: string | null })[];
  return all.map(({ name, type, collation }) => ({ name, type: typeOf(type), ...known('collation', collation) }));
}

export function sequenceOf(row: Row): Sequence {
  const table = { schema: text(row, 'owner_schema'), name: text(row, 'owner_table') };
  return {
    name: nameOf(row),
    ...(row.owner_column === null ? {} : { ownedBy: { table, column: text(row, 'owner_column') } }),
  };
}

/** `provolatile` (manual, catalog pg_proc). */
const volatilities: Readonly<Record<string, NonNullable<FunctionDefinition['volatility']>>> = {
  i: 'immutable',
  s: 'stable',
  v: 'volatile',
};

export function functionOf(row: Row): FunctionDefinition {
  const settings = (row.settings ?? []) as readonly string[];
  const [, searchPath] = settings.map((each) => /^search_path=(.*)$/s.exec(each)).find((match) => match !== null) ?? [];
  return {
    procedure: row.prokind === 'p',
    language: text(row, 'language'),
    replace: false,
    securityDefiner: row.security_definer === true,
    ...known('searchPath', searchPath === undefined ? undefined : unquoted(searchPath)),
    ...known('volatility', volatilities[text(row, 'volatility')]),
    arguments: (row.arguments as readonly string[]).map(typeOf),
    // That of BEGIN ATOMIC is kept parsed, and no text.
    ...known('body', text(row, 'body') || undefined),
  };
}

/** `"$user", app` as a catalog keeps it: the names without their quotes. */
function unquoted(searchPath: string): string {
  return searchPath.replace(/"((?:[^"]|"")*)"/g, (_, name: string) => name.replaceAll('""', '"'));
}
