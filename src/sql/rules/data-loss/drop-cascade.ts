import { defineRule } from '../../rule.ts';

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
      bad: 'DROP VIEW order_ids CASCADE;',
      good: 'DROP VIEW last_order;\nDROP VIEW order_ids;',
    },
  ],
  on: ['drop-table', 'drop-column', 'drop-constraint', 'drop-index', 'drop-view', 'drop-type', 'drop-schema'],

  check(change, { isNew }) {
    if (!change.cascade) return undefined;
    if ('table' in change && change.table !== undefined && isNew(change.table)) return undefined;
    return 'CASCADE drops everything that depends on this, without naming it.';
  },
});
