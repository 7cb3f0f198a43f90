import type { Column } from '../../change.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const randomUuidKey = defineRule({
  id: 'random-uuid-key',
  level: 'notice',
  category: 'performance',
  engines: ['postgresql'],
  optIn: true,
  when: 'The primary key of a new table is a UUID that is drawn at random',
  effect:
    'New keys land all over the index, so that inserts touch far more pages, write more to the log, and keep less of what they need in memory',
  remedy: 'Use keys that grow with time: an identity column, or `uuidv7()` (PostgreSQL 18, or an extension before)',
  source: 'PostgreSQL manual, "UUID Functions": uuidv7 is time-ordered',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE orders (id uuid DEFAULT gen_random_uuid() PRIMARY KEY);',
      good: 'CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);',
    },
  ],
  on: ['create-table'],

  check({ table, columns, constraints }) {
    const key = constraints.find(({ kind }) => kind === 'primary-key');
    if (key?.kind !== 'primary-key') return undefined;
    const first = columns.find(({ name }) => name === key.columns[0]);
    if (first === undefined || !isRandom(first)) return undefined;
    return `New keys of \`${display(table)}\` are random, so that its index is written to all over.`;
  },
});

function isRandom({ type, default: value }: Column): boolean {
  return type === 'uuid' && /\b(?:gen_random_uuid|uuid_generate_v4|uuidv4)\s*\(/i.test(value?.sql ?? '');
}
