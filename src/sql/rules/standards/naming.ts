import { type GivenName, type Named, namesGiven, namingKinds } from '../../facts/names.ts';
import { literally, matches } from '../../facts/patterns.ts';
import { defineRule } from '../../rule.ts';

const snakeCase = '^[a-z][a-z0-9_]*$';

/** The option that says how things of a kind are called. */
const optionOf: Readonly<Record<Named, keyof typeof options>> = {
  schema: 'table',
  table: 'table',
  view: 'view',
  column: 'column',
  index: 'index',
  'primary-key': 'primaryKey',
  unique: 'unique',
  'foreign-key': 'foreignKey',
  check: 'check',
  exclusion: 'check',
  'not-null': 'check',
  sequence: 'other',
  type: 'other',
  function: 'other',
  trigger: 'other',
};

const options = {
  table: snakeCase,
  view: snakeCase,
  column: snakeCase,
  index: snakeCase,
  primaryKey: snakeCase,
  unique: snakeCase,
  foreignKey: snakeCase,
  check: snakeCase,
  other: snakeCase,
  maxLength: 63,
};

export const naming = defineRule<(typeof namingKinds)[number], typeof options>({
  id: 'naming',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  optIn: true,
  when: 'A name is not as the patterns of the configuration ask',
  effect: 'People have to look up how a thing is spelled, and tools that rely on the convention pass it over',
  remedy: 'Give it a name after the convention while nothing uses it yet',
  source: 'The options of this rule; PostgreSQL manual, "Identifiers and Key Words", for the length',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE "OrderItems" (id bigint PRIMARY KEY, "unitPrice" numeric);',
      good: 'CREATE TABLE order_items (id bigint PRIMARY KEY, unit_price numeric);',
    },
  ],
  on: namingKinds,
  options,
  patterns: ['table', 'view', 'column', 'index', 'primaryKey', 'unique', 'foreignKey', 'check', 'other'],
  optionDocs: {
    table: 'regular expression for tables and schemas',
    view: 'regular expression for views and materialized views',
    column: 'regular expression for columns',
    index:
      'regular expression for indexes; `{table}` and `{columns}` stand for the names, the columns joined by `_`: `^{table}_{columns}_idx$`',
    primaryKey: 'the same for primary keys that are given a name',
    unique: 'the same for unique constraints that are given a name',
    foreignKey: 'the same for foreign keys that are given a name',
    check: 'the same for checks and other constraints that are given a name',
    other: 'regular expression for sequences, types, functions and triggers',
    maxLength: 'the most characters of any name',
  },

  check(change, { options }) {
    const wrong = namesGiven(change).filter((given) => !isAsAsked(given, options));
    const [first] = wrong;
    if (first === undefined) return undefined;
    const names = wrong.map(({ name }) => `\`${name}\``).join(', ');
    return wrong.length === 1
      ? `The ${first.what.replace('-', ' ')} name ${names} is not as the convention asks.`
      : `The names ${names} are not as the convention asks.`;
  },
});

function isAsAsked(given: GivenName, { maxLength, ...patterns }: typeof options): boolean {
  if ([...given.name].length > maxLength) return false;
  const option = optionOf[given.what];
  return option === 'maxLength' || matches(filledIn(patterns[option], given), given.name);
}

function filledIn(pattern: string, { table = '', columns = [] }: GivenName): string {
  return pattern
    .replaceAll('{table}', () => literally(table))
    .replaceAll('{columns}', () => literally(columns.join('_')));
}
