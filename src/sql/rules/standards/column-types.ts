import { isOneOf } from '../../facts/patterns.ts';
import { display } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const columnTypes = defineRule({
  id: 'column-types',
  level: 'warning',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  optIn: true,
  when: 'A column has a type that the option `disallowed` names, or one that `allowed` does not',
  effect: 'The team has agreed to do without it',
  remedy: 'Use one of the types that are agreed on',
  source: 'The options of this rule',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE pages (id bigint PRIMARY KEY, source xml);',
      good: 'CREATE TABLE pages (id bigint PRIMARY KEY, source text);',
    },
  ],
  on: ['create-table', 'add-column', 'change-column-type'],
  options: { disallowed: ['xml', 'hstore', 'oid'] as readonly string[], allowed: [] as readonly string[] },
  patterns: ['disallowed', 'allowed'],
  optionDocs: {
    disallowed: 'regular expressions that match a whole type as the engine prints it: `character varying.*`',
    allowed: 'the same for the types that alone are allowed; empty: all others',
  },

  check(change, { options }) {
    const columns =
      change.kind === 'create-table'
        ? change.columns
        : [change.kind === 'add-column' ? change.column : { name: change.column, type: change.type }];
    const wrong = columns.find(
      ({ type }) =>
        isOneOf(options.disallowed, type) || (options.allowed.length > 0 && !isOneOf(options.allowed, type)),
    );
    return wrong === undefined ? undefined : `\`${wrong.name}\` of \`${display(change.table)}\` is ${wrong.type}.`;
  },
});
