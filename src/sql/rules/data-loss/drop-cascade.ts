import { alsoDropped, isKnown, objectOf } from '../../facts/dependants/dropped.ts';
import { nameObjects, obstacles } from '../../facts/dependants/index.ts';
import { concernsNobody } from '../../facts/newness.ts';
import { defineRule, type RuleContext } from '../../rule.ts';

export const dropCascade = defineRule({
  id: 'drop-cascade',
  level: 'error',
  category: 'data-loss',
  engines: ['postgresql'],
  when: 'Something is dropped with CASCADE',
  effect:
    'Everything that depends on it is dropped too, in whatever state the production schema is, and nobody has read that list',
  remedy: 'Drop what depends on it by name first, then drop it without CASCADE',
  source: 'PostgreSQL manual, "Dependency Tracking"',
  examples: [
    {
      engine: 'postgresql',
      given:
        'CREATE TABLE orders (id bigint PRIMARY KEY); CREATE VIEW order_ids AS SELECT id FROM orders; CREATE VIEW last_order AS SELECT max(id) AS id FROM order_ids;',
      bad: 'DROP VIEW order_ids CASCADE;\nCREATE VIEW order_ids AS SELECT id FROM orders ORDER BY id;',
      good: "SET lock_timeout = '2s';\nDROP VIEW last_order;\nDROP VIEW order_ids;\nCREATE VIEW order_ids AS SELECT id FROM orders ORDER BY id;\nCREATE VIEW last_order AS SELECT max(id) AS id FROM order_ids;",
    },
    {
      engine: 'postgresql',
      given: "CREATE TYPE mood AS ENUM ('sad', 'fine'); CREATE TABLE people (id bigint PRIMARY KEY, mood mood);",
      bad: 'DROP TYPE mood CASCADE;',
      good: { none: 'what the type is used for has to go first, and that is data' },
    },
  ],
  on: [
    'drop-table',
    'drop-column',
    'drop-constraint',
    'drop-index',
    'drop-view',
    'drop-type',
    'drop-schema',
    'drop-sequence',
    'drop-function',
    'drop-extension',
    'drop-object',
    'alter-composite',
  ],

  check(change, context) {
    if (!change.cascade || concernsNobody(change, context)) return undefined;
    const object = objectOf(change, context.before);
    const taken =
      object === undefined
        ? []
        : obstacles(context.before, object, alsoDropped(object, context.siblings, context.before));
    if (taken.length > 0) return `CASCADE also drops ${nameObjects(taken)}.`;
    if (object === undefined || !isKnown(object, context.before))
      return 'CASCADE drops everything that depends on this, without naming it.';
    return {
      message:
        'Nothing that is known here depends on this, so CASCADE could only drop what nobody has read; without it PostgreSQL would stop and say so.',
      ...fixOf(context),
    };
  },
});

function fixOf({ statement, siblings }: RuleContext) {
  const replacement = statement.replace(/\s+cascade$/i, '');
  if (siblings.length !== 1 || replacement === statement) return {};
  return { fix: { description: 'Drop it without CASCADE', replacement } };
}
