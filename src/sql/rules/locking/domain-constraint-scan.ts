import type { DomainAction } from '../../changes/types.ts';
import { mayHoldRows } from '../../facts/rows.ts';
import { type TypeUse, usesOfType } from '../../facts/type-uses.ts';
import { display, keyOf } from '../../name.ts';
import { defineRule } from '../../rule.ts';

export const domainConstraintScan = defineRule({
  id: 'domain-constraint-scan',
  level: 'error',
  category: 'locking',
  engines: ['postgresql'],
  when: 'A domain that tables use gets a constraint that is held against the rows they have',
  effect:
    'Every table with a column of the domain is scanned under a SHARE lock, one after the other, and writes to all of them wait until the end',
  remedy:
    'Add the check NOT VALID, which holds new values to it at once; validate it at a quiet time, or put the check on each table, where validating lets writes go on',
  source: 'PostgreSQL manual, ALTER DOMAIN; PostgreSQL source, AlterDomainAddConstraint, AlterDomainNotNull',
  examples: [
    {
      engine: 'postgresql',
      given: 'CREATE DOMAIN quantity AS integer; CREATE TABLE orders (id bigint PRIMARY KEY, amount quantity);',
      bad: 'ALTER DOMAIN quantity ADD CONSTRAINT quantity_positive CHECK (VALUE > 0);',
      good: 'ALTER DOMAIN quantity ADD CONSTRAINT quantity_positive CHECK (VALUE > 0) NOT VALID;',
    },
    {
      engine: 'postgresql',
      given: 'CREATE DOMAIN quantity AS integer; CREATE TABLE orders (id bigint PRIMARY KEY, amount quantity);',
      bad: 'ALTER DOMAIN quantity SET NOT NULL;',
      good: 'ALTER DOMAIN quantity ADD CONSTRAINT quantity_set CHECK (VALUE IS NOT NULL) NOT VALID;',
    },
    {
      engine: 'postgresql',
      given: 'CREATE DOMAIN quantity AS integer; CREATE TABLE orders (id bigint PRIMARY KEY, amounts quantity[]);',
      bad: 'ALTER DOMAIN quantity ADD CONSTRAINT quantity_positive CHECK (VALUE > 0);',
      good: 'ALTER DOMAIN quantity ADD CONSTRAINT quantity_positive CHECK (VALUE > 0) NOT VALID;',
      fails: '0A000',
    },
  ],
  on: ['alter-domain'],

  check({ domain, action }, context) {
    if (!isHeldAgainstRows(action) || context.isNew(domain)) return undefined;
    const name = `\`${display(domain)}\``;
    if (!context.before.domains.has(keyOf(domain))) {
      const message = `Every table with a column of ${name} is scanned, and writes to all of them wait until the last is done.`;
      return { message, level: 'warning' };
    }
    const uses = usesOfType(domain, context.before).filter(({ table }) => mayHoldRows(table.name, context));
    if (uses.length === 0) return undefined;
    const within = uses.find(({ contained }) => contained);
    if (within !== undefined) {
      return `PostgreSQL refuses this, because ${spell(within)} holds ${name} within an array or a composite type, where it cannot look.`;
    }
    return `Every row of ${uses.map(spell).join(', ')} is held against the new constraint of ${name}, and writes wait until the last is done.`;
  },
});

function isHeldAgainstRows(action: DomainAction): boolean {
  switch (action.kind) {
    case 'add-check':
      return action.check.validated;
    case 'validate-constraint':
    case 'set-not-null':
      return true;
    case 'drop-constraint':
    case 'rename-constraint':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
      return false;
  }
}

function spell({ table, column }: TypeUse): string {
  return `\`${display(table.name)}.${column.name}\``;
}
