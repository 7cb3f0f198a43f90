import { tableOf } from '../../catalog.ts';
import { changesOf, isAhead, runsUnseen } from '../../facts/row-security.ts';
import { defaultSchema, display } from '../../name.ts';
import { defineFileRule } from '../../rule.ts';

export const requireRowSecurity = defineFileRule({
  id: 'require-row-security',
  level: 'warning',
  category: 'security',
  engines: ['postgresql'],
  when: 'A table is made in a schema whose tables all need row level security, and it is not switched on',
  effect:
    'Where roles of the outside reach the schema, as behind PostgREST or Supabase, they see every row of the table',
  remedy: 'Make its policies and `ALTER TABLE ... ENABLE ROW LEVEL SECURITY` in the same change',
  source: 'PostgreSQL manual, "Row Security Policies"; Supabase, database linter, rls_disabled_in_public',
  optIn: true,
  options: { schemas: [defaultSchema] as readonly string[] },
  optionDocs: { schemas: 'the schemas whose tables need it' },
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE orders (id bigint PRIMARY KEY, owner text);',
      good: 'CREATE TABLE orders (id bigint PRIMARY KEY, owner text);\nCREATE POLICY own ON orders USING (owner = current_user);\nALTER TABLE orders ENABLE ROW LEVEL SECURITY;',
    },
  ],

  checkFile(context) {
    const { script, after, options } = context;
    const verdicts = changesOf(script, 'create-table').flatMap(({ table: name, temporary, partitionOf, span }) => {
      // Of a partition, the policies of its parent are asked.
      if (temporary || partitionOf !== undefined || !options.schemas.includes(name.schema ?? defaultSchema)) return [];
      const table = tableOf(after, name);
      if (table === undefined || table.rowSecurity?.enabled === true || isAhead('enabled', context, name)) return [];
      return [{ message: `Row level security of \`${display(name)}\` is off.`, span }];
    });
    return verdicts.length > 0 && runsUnseen(script) ? [] : verdicts;
  },
});
