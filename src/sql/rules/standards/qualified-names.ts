import type { Change } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { defineRule } from '../../rule.ts';

const kinds = [
  'create-table',
  'drop-table',
  'rename-table',
  'set-table-schema',
  'add-column',
  'drop-column',
  'rename-column',
  'change-column-type',
  'set-not-null',
  'drop-not-null',
  'set-default',
  'drop-default',
  'add-constraint',
  'drop-constraint',
  'validate-constraint',
  'create-index',
  'drop-index',
  'create-view',
  'drop-view',
  'create-sequence',
  'create-enum',
  'create-function',
  'create-trigger',
  'write-data',
] as const;

export const qualifiedNames = defineRule({
  id: 'qualified-names',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  optIn: true,
  when: 'A statement names a table or another object without its schema',
  effect: 'Which object is meant depends on the search_path of whoever runs the migration',
  remedy: 'Write the schema before the name: `public.orders`',
  source: 'PostgreSQL manual, "The Schema Search Path"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      good: 'CREATE TABLE public.orders (id bigint PRIMARY KEY);',
      notExecuted: 'the examples run in a schema of their own',
    },
  ],
  on: kinds,

  check(change, { siblings }) {
    const name = subjectOf(change);
    if (name === undefined || name.schema !== undefined || (change.kind === 'create-table' && change.temporary))
      return undefined;
    // The commands of one ALTER TABLE share its name.
    const first = siblings.find((other) => subjectOf(other)?.name === name.name);
    return first === change ? `\`${name.name}\` is named without its schema.` : undefined;
  },
});

function subjectOf(change: Change): ObjectName | undefined {
  if ('table' in change && change.table !== undefined) return change.table;
  switch (change.kind) {
    case 'create-index':
      return change.index.table;
    case 'drop-index':
      return change.index;
    case 'create-view':
    case 'drop-view':
      return change.view;
    case 'create-sequence':
      return change.sequence;
    case 'create-enum':
      return change.type;
    case 'create-function':
      return change.function;
    default:
      return undefined;
  }
}
