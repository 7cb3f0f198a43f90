import type { Change } from '../../change.ts';
import { defineFileRule } from '../../rule.ts';

export const mixedStatements = defineFileRule({
  id: 'mixed-statements',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql', 'mysql', 'mariadb', 'sqlite'],
  optIn: true,
  when: 'A file changes both the schema and rows of tables that already exist',
  effect:
    'The locks of the one are held while the other runs, and where the engine commits after each change of the schema, a failure leaves half of it',
  remedy: 'Give the rows a migration of their own',
  source: 'PostgreSQL manual, "Explicit Locking"; MySQL manual, "Statements That Cause an Implicit Commit"',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE TABLE orders (id bigint PRIMARY KEY, state text);',
      bad: "CREATE TABLE states (code text PRIMARY KEY);\nUPDATE orders SET state = 'open' WHERE id = 1;",
      good: "UPDATE orders SET state = 'open' WHERE id = 1;",
    },
  ],

  checkFile({ script, isNew }) {
    const changes = script.statements.flatMap((statement) => statement.changes);
    const write = changes.find(
      (change) => change.kind === 'write-data' && change.within === undefined && !isNew(change.table),
    );
    if (write === undefined || !changes.some(isOfSchema)) return [];
    return [{ message: 'This changes rows in a file that also changes the schema.', span: write.span }];
  },
});

function isOfSchema({ kind }: Change): boolean {
  return /^(?:create|drop|alter|add|rename|change|set-|attach|detach)/.test(kind);
}
