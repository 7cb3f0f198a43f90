import type { Change, ChangeOf, Column } from '../../change.ts';
import { secretKeptIn } from '../../facts/secret-names.ts';
import { soon } from '../../facts/soon.ts';
import { keyOf, type ObjectName } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const plainSecretColumn = defineRule({
  id: 'plain-secret-column',
  level: 'warning',
  category: 'security',
  engines: ['postgresql', 'mysql', 'mariadb'],
  when: 'A column of plain text is to keep a password, a key, a token or a card number',
  effect: 'Every backup, replica, log and query of the table shows it, and nothing tells a reader whether it is hashed',
  remedy:
    'Keep a hash (`password_hash`) or an encrypted value (`bytea`), or say in a comment on the column that it holds a hash',
  source: 'PostgreSQL manual, "Encryption Options"; OWASP, "Password Storage" and "Cryptographic Storage" cheat sheets',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE users (id bigint PRIMARY KEY, email text, password text);',
      good: 'CREATE TABLE users (id bigint PRIMARY KEY, email text, password_hash text);',
    },
    {
      engine: 'postgresql',
      given: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      bad: "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN api_key text;",
      good: "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN api_key text;\nCOMMENT ON COLUMN users.api_key IS 'SHA-256 hash of the key';",
    },
  ],
  on: ['create-table', 'add-column'],

  check(change, { following }) {
    const columns = change.kind === 'add-column' ? [change.column] : columnsOf(change);
    const kept = columns.flatMap((column) => {
      const what = secretKeptIn(column.name, column.type, change.table.name);
      return what === undefined || isExplained(column, change.table, following)
        ? []
        : [`\`${column.name}\` is to keep ${what}`];
    });
    return kept.length === 0 ? undefined : `${kept.join(', ')} in plain text.`;
  },
});

/** What is temporary is in no backup. */
function columnsOf({ columns, temporary }: ChangeOf<'create-table'>): readonly Column[] {
  return temporary ? [] : columns;
}

/** Whether the column is computed, or its comment says in which form it keeps the secret. */
function isExplained(column: Column, table: ObjectName, following: () => Iterable<Change>): boolean {
  if (column.generated !== undefined || saysHow(column.comment)) return true;
  for (const later of soon(following)) {
    if (later.kind !== 'comment' || later.column !== column.name || keyOf(later.table) !== keyOf(table)) continue;
    if (saysHow(later.comment)) return true;
  }
  return false;
}

function saysHow(comment: string | null | undefined): boolean {
  return /hash|digest|encrypt|cipher|crypt|argon|sealed|vault|not a secret/i.test(comment ?? '');
}
