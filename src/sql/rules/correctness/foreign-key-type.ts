import { columnOf, tableOf } from '../../catalog.ts';
import type { Constraint } from '../../change.ts';
import { tableAtEnd } from '../../facts/at-end.ts';
import { changesOf } from '../../facts/changes.ts';
import { display } from '../../name.ts';
import { defineFileRule } from '../../rule.ts';

export const foreignKeyType = defineFileRule({
  id: 'foreign-key-type',
  level: 'warning',
  category: 'correctness',
  engines: ['postgresql'],
  when: 'A column that refers to another has a type that cannot hold all of its values',
  effect: 'Inserts fail from the day on which the referenced table hands out a key that is too large or too long',
  remedy: 'Give the column the type of the column that it refers to',
  source:
    'PostgreSQL manual, "Numeric Types", "Character Types" and CREATE TABLE, REFERENCES: the types need only be comparable',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE customers (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, customer_id integer REFERENCES customers (id));\nCREATE INDEX orders_customer_id_idx ON orders (customer_id);',
      good: 'CREATE TABLE customers (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers (id));\nCREATE INDEX orders_customer_id_idx ON orders (customer_id);',
    },
  ],

  checkFile(context) {
    return changesOf(context.script, ['create-table', 'add-constraint']).flatMap((change) => {
      const made = change.kind === 'create-table' ? change.constraints : [change.constraint];
      if (!made.some(isForeignKey)) return [];
      const table = tableAtEnd(context, change, change.table);
      return made.filter(isForeignKey).flatMap(({ columns }) => {
        // As the catalog has it, the columns that it refers to are resolved.
        const key = table?.constraints.filter(isForeignKey).find((each) => each.columns.join() === columns.join());
        const target = key === undefined ? undefined : tableOf(context.after, key.references);
        if (table === undefined || key === undefined || target === undefined) return [];
        return columns.flatMap((name, at) => {
          const from = columnOf(table, name)?.type;
          const to = columnOf(target, key.referencedColumns[at] ?? '')?.type;
          if (from === undefined || to === undefined || !isNarrower(from, to)) return [];
          const message = `\`${name}\` of \`${display(table.name)}\` is ${from} and cannot hold every ${to} of \`${display(target.name)}\`.`;
          return [{ message, span: change.span }];
        });
      });
    });
  },
});

function isForeignKey(constraint: Constraint): constraint is Extract<Constraint, { kind: 'foreign-key' }> {
  return constraint.kind === 'foreign-key';
}

const integers = ['smallint', 'integer', 'bigint'];

function isNarrower(from: string, to: string): boolean {
  const [own, other] = [integers.indexOf(from), integers.indexOf(to)];
  if (own !== -1 && other !== -1) return own < other;
  const [length, longest] = [lengthOf(from), lengthOf(to)];
  return length !== undefined && longest !== undefined && length < longest;
}

/** The most characters of a text; `undefined` for other types. */
function lengthOf(type: string): number | undefined {
  if (type === 'text' || type === 'character varying') return Number.POSITIVE_INFINITY;
  const length = /^character varying\((\d+)\)$/.exec(type)?.[1];
  return length === undefined ? undefined : Number(length);
}
