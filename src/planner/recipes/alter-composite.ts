import type { Attribute } from '../../sql/changes/types.ts';
import { display, type ObjectName } from '../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../sql/quote.ts';
import type { Hazard } from '../plan.ts';
import { type Draft, manual, step, type Unsupported } from '../recipe.ts';

/** Attributes are dropped, and others added behind those that stay: PostgreSQL gives no other place to one (ALTER TYPE). */
export function alterComposite(
  type: ObjectName,
  before: readonly Attribute[],
  after: readonly Attribute[],
): readonly Draft[] | Unsupported {
  const kept = before.filter((one) =>
    after.some((other) => other.name === one.name && definition(other) === definition(one)),
  );
  const gone = before.filter((one) => !kept.includes(one));
  const added = after.filter((one) => !kept.some(({ name }) => name === one.name));
  const reached = [...kept, ...added].map(({ name }) => name);
  if (reached.join('\0') !== after.map(({ name }) => name).join('\0'))
    return { unsupported: `type ${display(type)}: its attributes in another order, which no statement gives it` };
  const retyped = gone.find(({ name }) => added.some((other) => other.name === name));
  if (retyped !== undefined)
    return {
      unsupported: `type ${display(type)}: another type of its attribute ${retyped.name}, whose values would be lost`,
    };
  const hazards: readonly Hazard[] = gone.length > 0 ? ['deletes-data', 'breaks-running-code'] : [];
  return [
    step({
      title: `Change the attributes of type ${display(type)}`,
      phase: gone.length > 0 ? 'contract' : 'expand',
      sql: [...added.map((one) => add(type, one)), ...gone.map((one) => drop(type, one))],
      down: [...gone.map((one) => add(type, one)), ...added.map((one) => drop(type, one))],
      hazards,
      because: `Changes the catalog only: values that are stored without an attribute have NULL in it. ${manual('sql-altertype')}`,
    }),
  ];
}

function definition({ type, collation }: Attribute): string {
  return collation === undefined ? type : `${type} COLLATE ${collation}`;
}

function add(type: ObjectName, attribute: Attribute): string {
  return `ALTER TYPE ${quoteName(type)} ADD ATTRIBUTE ${quoteIdentifier(attribute.name)} ${definition(attribute)}`;
}

function drop(type: ObjectName, { name }: Attribute): string {
  return `ALTER TYPE ${quoteName(type)} DROP ATTRIBUTE IF EXISTS ${quoteIdentifier(name)}`;
}
