import { defaultSchema } from '../../sql/name.ts';

/** What a person has decided about the differences between two schemas. Objects are named as `[schema.]table[.column]`. */
export interface Answers {
  /** The old name of a table or column, and its new one: `orders.note` -> `remark`. */
  readonly renames: ReadonlyMap<string, string>;
  /** The schema to which a table goes, by the table: `app.orders` -> `sales`. */
  readonly schemas?: ReadonlyMap<string, string>;
  /** The table and column to which the values of a column go, by the column as it is called now: `users.bio` -> `profiles.bio`. */
  readonly moves?: ReadonlyMap<string, string>;
  /** What is gone on purpose, and not under another name. */
  readonly drops: ReadonlySet<string>;
  /** The expression from which existing rows get the value of a new column, by the column. */
  readonly fills: ReadonlyMap<string, string>;
  /** The expression with which the values of a column become those of its new type, by the column. */
  readonly conversions: ReadonlyMap<string, string>;
}

export const noAnswers: Answers = { renames: new Map(), drops: new Set(), fills: new Map(), conversions: new Map() };

/** Answers in which every name is written out: `public.orders.note`. A schema is left out of names of two parts or fewer. */
export function qualifiedAnswers(answers: Answers, tables: Iterable<string>): Answers {
  const known = new Set(tables);
  const qualify = (name: string): string => qualifiedName(name, known);
  const keyed = (map: ReadonlyMap<string, string>) => new Map([...map].map(([name, value]) => [qualify(name), value]));
  return {
    moves: new Map([...(answers.moves ?? [])].map(([from, to]) => [qualify(from), qualify(to)])),
    schemas: keyed(answers.schemas ?? new Map()),
    renames: new Map([...answers.renames].map(([from, to]) => [qualify(from), to.slice(to.lastIndexOf('.') + 1)])),
    drops: new Set([...answers.drops].map(qualify)),
    fills: keyed(answers.fills),
    conversions: keyed(answers.conversions),
  };
}

/** `orders` is a table; `a.b` is a table of the schema `a` where there is one, else a column; three parts say all. */
export function qualifiedName(name: string, tables: ReadonlySet<string>): string {
  const parts = name.split('.');
  if (parts.length === 1) return `${defaultSchema}.${name}`;
  if (parts.length === 2 && !tables.has(name)) return `${defaultSchema}.${name}`;
  return name;
}
