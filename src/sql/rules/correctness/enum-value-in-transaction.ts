import type { Catalog } from '../../catalog.ts';
import type { Change, ChangeOf, Script, Statement } from '../../change.ts';
import { usesOfType } from '../../facts/type-uses.ts';
import { tokensOf } from '../../lex.ts';
import { display, keyOf, type ObjectName } from '../../name.ts';
import { quoteLiteral } from '../../quote.ts';
import { defineFileRule, type FileContext } from '../../rule.ts';

export const enumValueInTransaction = defineFileRule({
  id: 'enum-value-in-transaction',
  level: 'error',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A value is added to an enum and used in the same transaction',
  effect:
    'PostgreSQL refuses the use until the transaction that added the value has committed, and the migration fails',
  remedy: 'Add the value in a migration of its own, and use it in the next one',
  source: 'PostgreSQL manual, ALTER TYPE, Notes',
  examples: [
    {
      engine: 'postgresql',
      given: "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE notes (id bigint PRIMARY KEY, mood mood);",
      bad: "BEGIN;\nALTER TYPE mood ADD VALUE 'great';\nINSERT INTO notes (id, mood) VALUES (1, 'great');\nCOMMIT;",
      good: "ALTER TYPE mood ADD VALUE 'great';\nBEGIN;\nINSERT INTO notes (id, mood) VALUES (1, 'great');\nCOMMIT;",
      fails: '55P04',
    },
    {
      engine: 'postgresql',
      given: "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE TABLE notes (id bigint PRIMARY KEY, mood mood);",
      bad: "BEGIN;\nSET LOCAL lock_timeout = '2s';\nALTER TYPE mood ADD VALUE 'great';\nALTER TABLE notes ALTER COLUMN mood SET DEFAULT 'great';\nCOMMIT;",
      good: "BEGIN;\nALTER TYPE mood ADD VALUE 'great';\nCOMMIT;\nBEGIN;\nSET LOCAL lock_timeout = '2s';\nALTER TABLE notes ALTER COLUMN mood SET DEFAULT 'great';\nCOMMIT;",
      fails: '55P04',
    },
  ],

  checkFile(context) {
    if (!context.script.statements.some(({ changes }) => changes.some(isAddition))) return [];
    return usesIn(context.script, context).map(({ statement, addition }) => ({
      message: `\`${addition.value}\` was added to \`${display(addition.type)}\` in this same transaction, so PostgreSQL refuses to use it here.`,
      span: statement.span,
    }));
  },
});

type Addition = ChangeOf<'add-enum-value'>;

function isAddition(change: Change): change is Addition {
  return change.kind === 'add-enum-value' && change.within === undefined;
}

function usesIn({ statements }: Script, context: FileContext) {
  // A transaction that is open at the end and was begun by no statement stands around the whole file.
  const isWrapped =
    context.file.transaction === true || (context.end.inTransaction && context.end.transactionStart === 0);
  let isOpen = isWrapped;
  let added: Addition[] = [];
  // Of a type that the transaction itself has made, every value can be used at once.
  let made = new Set<string>();
  const found: { readonly statement: Statement; readonly addition: Addition }[] = [];
  for (const statement of statements) {
    for (const addition of added) {
      if (isUse(statement, addition, context.after)) found.push({ statement, addition });
    }
    for (const addition of usedAtOnce(statement, context.after)) {
      if (!made.has(keyOf(addition.type))) found.push({ statement, addition });
    }
    for (const change of statement.changes) {
      if (change.kind === 'create-enum') made.add(keyOf(change.type));
      if (isAddition(change) && (isOpen || change.inBlock === true) && !made.has(keyOf(change.type)))
        added.push(change);
      if (change.kind !== 'transaction') continue;
      if (change.verb === 'begin') isOpen = true;
      if (change.verb !== 'commit' && change.verb !== 'rollback') continue;
      isOpen = context.file.inOneMessage === true;
      added = [];
      made = new Set();
    }
    // Outside a transaction each statement has committed when it ends.
    if (!isOpen) {
      added = [];
      made = new Set();
    }
  }
  return found;
}

/** What a DO block adds and goes on to use: its statements are one transaction. */
function usedAtOnce({ sql, changes }: Statement, after: Catalog): readonly Addition[] {
  return changes.flatMap((change, at) => {
    if (!isAddition(change)) return [];
    const later = changes.slice(at + 1).filter(({ kind }) => !/enum-value$/.test(kind));
    const isRepeated = later.length > 0 && sql.split(quoteLiteral(change.value)).length > 2;
    return isRepeated && isAboutType(sql, later, change.type, after) ? [change] : [];
  });
}

/** Naming the value as a neighbour of another one, or renaming it, is no use. */
function isUse({ sql, changes }: Statement, { type, value }: Addition, after: Catalog): boolean {
  const literal = quoteLiteral(value);
  if (!sql.includes(literal) || changes.every(({ kind }) => /enum-value$/.test(kind))) return false;
  const isCode = /^do\b/i.test(sql);
  const isWritten = isCode || tokensOf(sql).some(({ start, end }) => sql.slice(start, end) === literal);
  return isWritten && isAboutType(sql, changes, type, after);
}

/** The same word can be a text in a table that has nothing to do with the type. */
function isAboutType(sql: string, changes: readonly Change[], type: ObjectName, after: Catalog): boolean {
  if (sql.includes(type.name)) return true;
  const tables = changes.flatMap(tablesOf);
  if (tables.some((table) => !after.tables.has(keyOf(table)))) return true;
  const users = new Set(usesOfType(type, after).map(({ table }) => keyOf(table.name)));
  return tables.some((table) => users.has(keyOf(table)));
}

function tablesOf(change: Change): readonly ObjectName[] {
  if (change.kind === 'query') return change.tables;
  if (change.kind === 'create-index') return [change.index.table];
  if (change.kind === 'create-view') return change.uses?.map(({ relation }) => relation) ?? [];
  return 'table' in change && change.table !== undefined ? [change.table] : [];
}
