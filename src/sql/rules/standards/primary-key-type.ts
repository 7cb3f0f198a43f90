import { columnOf } from '../../catalog.ts';
import { tableAtEnd } from '../../facts/at-end.ts';
import { changesOf } from '../../facts/changes.ts';
import { isOneOf } from '../../facts/patterns.ts';
import { display } from '../../name.ts';
import { defineFileRule } from '../../rule.ts';

export const primaryKeyType = defineFileRule({
  id: 'primary-key-type',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb'],
  optIn: true,
  when: 'A column of the primary key of a new table has a type that the option `allowed` does not name',
  effect:
    'Every foreign key and every reader of the table inherits the choice, and changing it later rewrites them all',
  remedy: 'Use one of the types that are agreed on for keys',
  source: 'The options of this rule',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE countries (code text PRIMARY KEY);',
      good: 'CREATE TABLE countries (id bigint PRIMARY KEY, code text);',
    },
  ],
  options: { allowed: ['bigint', 'uuid'] as readonly string[] },
  patterns: ['allowed'],
  optionDocs: { allowed: 'regular expressions that match a whole type as the engine prints it' },

  checkFile(context) {
    const { script, options } = context;
    return changesOf(script, ['create-table']).flatMap((change) => {
      const table = change.temporary ? undefined : tableAtEnd(context, change, change.table);
      const key = table?.constraints.find(({ kind }) => kind === 'primary-key');
      if (table === undefined || table.partitionOf !== undefined || key?.kind !== 'primary-key') return [];
      const types = key.columns.flatMap((column) => columnOf(table, column) ?? []);
      const wrong = types.find(({ type }) => !isOneOf(options.allowed, type));
      if (wrong === undefined) return [];
      const message = `The key \`${wrong.name}\` of \`${display(change.table)}\` is ${wrong.type}.`;
      return [{ message, span: change.span }];
    });
  },
});
