import type { Catalog } from '../../catalog.ts';
import type { Change, ChangeOf, Statement } from '../../change.ts';
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
    return usesIn(context).map(({ statement, addition }) => ({
      message: `\`${addition.value}\` was added to \`${display(addition.type)}\` in this same transaction, so PostgreSQL refuses to use it here.`,
      span: statement.span,
    }));
  },
});

type Addition = ChangeOf<'add-enum-value'>;

interface Use {
  readonly statement: Statement;
  readonly addition: Addition;
}

function isAddition(change: Change): change is Addition {
  return change.kind === 'add-enum-value' && change.within === undefined;
}

/** Naming a value to place another one, or to rename it, is no use. */
function isEnumChange({ kind }: Change): boolean {
  return kind === 'add-enum-value' || kind === 'rename-enum-value';
}

function usesIn({ script, file, end, after }: FileContext): readonly Use[] {
  // A transaction that is open at the end and was begun by no statement stands around the whole file.
  let isOpen = file.transaction === true || (end.inTransaction && end.transactionStart === 0);
  // What the transaction has added, by the literal that would use it. Of a type that it has made itself, all can be used.
  const added = new Map<string, Addition>();
  const made = new Set<string>();
  const isAbout = aboutType(after);
  const found: Use[] = [];
  for (const statement of script.statements) {
    for (const addition of [...usedLater(statement, added), ...usedAtOnce(statement)]) {
      if (!made.has(keyOf(addition.type)) && isAbout(addition.type, statement)) found.push({ statement, addition });
    }
    for (const change of statement.changes) {
      if (change.kind === 'create-enum') made.add(keyOf(change.type));
      if (isAddition(change) && !made.has(keyOf(change.type))) added.set(quoteLiteral(change.value), change);
      if (change.kind !== 'transaction') continue;
      if (change.verb === 'begin') isOpen = true;
      if (change.verb !== 'commit' && change.verb !== 'rollback') continue;
      isOpen = file.inOneMessage === true;
      added.clear();
      made.clear();
    }
    // Outside a transaction each statement has committed when it ends.
    if (isOpen) continue;
    added.clear();
    made.clear();
  }
  return found;
}

function usedLater({ sql, changes }: Statement, added: ReadonlyMap<string, Addition>): readonly Addition[] {
  if (added.size === 0 || changes.every(isEnumChange)) return [];
  return [...literalsIn(sql).keys()].flatMap((literal) => added.get(literal) ?? []);
}

/** What a DO block adds and goes on to use, for which it writes it twice: its statements are one transaction. */
function usedAtOnce({ sql, changes }: Statement): readonly Addition[] {
  const last = changes.findLastIndex((change) => !isEnumChange(change));
  const additions = changes.slice(0, Math.max(last, 0)).filter(isAddition);
  if (additions.length === 0) return [];
  const literals = literalsIn(sql);
  return additions.filter(({ value }) => (literals.get(quoteLiteral(value)) ?? 0) > 1);
}

/** How often each string literal stands in a statement; in a DO block, in its body. */
function literalsIn(sql: string, isBlock = /^do\b/i.test(sql)): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, start, end } of tokensOf(sql)) {
    if (kind !== 'string') continue;
    const literal = sql.slice(start, end);
    const body = isBlock ? /^(\$\w*\$)(.*)\1$/s.exec(literal)?.[2] : undefined;
    const inside = body === undefined ? [[literal, 1] as const] : literalsIn(body, false);
    for (const [each, count] of inside) counts.set(each, (counts.get(each) ?? 0) + count);
  }
  return counts;
}

/** The same word can be a text in a table that has nothing to do with the type. */
function aboutType(after: Catalog): (type: ObjectName, statement: Statement) => boolean {
  const users = new Map<string, ReadonlySet<string>>();
  const usersOf = (type: ObjectName) => {
    const known = users.get(keyOf(type)) ?? new Set(usesOfType(type, after).map(({ table }) => keyOf(table.name)));
    users.set(keyOf(type), known);
    return known;
  };
  return (type, { sql, changes }) => {
    const tables = changes.flatMap(tablesOf).map(keyOf);
    if (tables.some((table) => !after.tables.has(table))) return true;
    if (tables.some((table) => usersOf(type).has(table))) return true;
    // A cast or a definition names the type itself; in a block that adds the value, that alone says nothing.
    return sql.includes(type.name) && !changes.some(isAddition);
  };
}

function tablesOf(change: Change): readonly ObjectName[] {
  if (change.kind === 'query') return change.tables;
  if (change.kind === 'create-index') return [change.index.table];
  if (change.kind === 'create-view') return change.uses?.map(({ relation }) => relation) ?? [];
  return 'table' in change && change.table !== undefined ? [change.table] : [];
}
