import type { BodyOf } from '../change.ts';
import type { DomainAction, DomainCheck, TypeChange } from '../changes/types.ts';
import { display, keyOf, type ObjectName } from '../name.ts';
import { elementOf, namedBy, spelled } from '../type-text.ts';
import type { Appliers } from './applier.ts';
import { takeAlong } from './cascade.ts';
import { type Draft, type Problem, putTable } from './draft.ts';
import { makeObjectName } from './names.ts';

function addEnumValue(draft: Draft, change: BodyOf<'add-enum-value'>): Problem {
  const values = draft.enums.get(keyOf(change.type));
  if (values === undefined) return unknownType(change.type);
  if (values.includes(change.value)) return undefined;
  const at = change.before === undefined ? values.indexOf(change.after ?? '') + 1 : values.indexOf(change.before);
  const place = at > 0 || change.before !== undefined ? Math.max(at, 0) : values.length;
  draft.enums.set(keyOf(change.type), values.toSpliced(place, 0, change.value));
  return undefined;
}

function renameEnumValue(draft: Draft, { type, value, to }: BodyOf<'rename-enum-value'>): Problem {
  const values = draft.enums.get(keyOf(type));
  if (values === undefined) return unknownType(type);
  if (!values.includes(value)) return `value \`${value}\` of type \`${display(type)}\` is not known`;
  draft.enums.set(
    keyOf(type),
    values.map((each) => (each === value ? to : each)),
  );
  return undefined;
}

function createDomain(draft: Draft, { domain, definition }: BodyOf<'create-domain'>): Problem {
  // The default of a domain below is taken over once, and does not follow it later (PostgreSQL source, DefineDomain).
  const value = definition.default ?? draft.domains.get(keyOf(namedBy(definition.type)))?.default;
  const kept = value === undefined ? {} : { default: value };
  draft.domains.set(keyOf(domain), { name: domain, ...definition, ...kept, checks: named(domain, definition.checks) });
  return undefined;
}

function alterDomain(draft: Draft, { domain: name, action }: BodyOf<'alter-domain'>): Problem {
  const domain = draft.domains.get(keyOf(name));
  if (domain === undefined) return unknownType(name);
  const { default: value, ...rest } = domain;
  const kept = value === undefined ? {} : { default: value };
  switch (action.kind) {
    case 'set-default':
      draft.domains.set(keyOf(name), { ...rest, default: action.default });
      return undefined;
    case 'drop-default':
      draft.domains.set(keyOf(name), rest);
      return undefined;
    case 'set-not-null':
    case 'drop-not-null':
      draft.domains.set(keyOf(name), { ...rest, ...kept, nullable: action.kind === 'drop-not-null' });
      return undefined;
    case 'add-check':
    case 'drop-constraint':
    case 'validate-constraint':
    case 'rename-constraint':
      draft.domains.set(keyOf(name), { ...rest, ...kept, checks: edited(domain.checks, action, name) });
      return undefined;
  }
}

function edited(
  checks: readonly DomainCheck[],
  action: Extract<DomainAction, { kind: 'add-check' | `${string}-constraint` }>,
  domain: ObjectName,
): readonly DomainCheck[] {
  switch (action.kind) {
    case 'add-check':
      return named(domain, [...checks, action.check]);
    case 'drop-constraint':
      return checks.filter(({ name }) => name !== action.name);
    case 'validate-constraint':
      return checks.map((check) => (check.name === action.name ? { ...check, validated: true } : check));
    case 'rename-constraint':
      return checks.map((check) => (check.name === action.name ? { ...check, name: action.to } : check));
  }
}

/** Checks without a name get `domain_check`, `domain_check1`, ... in order (PostgreSQL source, domainAddCheckConstraint). */
function named(domain: ObjectName, checks: readonly DomainCheck[]): readonly DomainCheck[] {
  const taken = new Set<string>();
  // What is taken stays taken, so that the search goes on where it ended: thousands of checks must not take square time.
  let pass = 0;
  return checks.map((check) => {
    let name = check.name;
    for (; name === undefined; pass++) {
      const next = makeObjectName(domain.name, '', pass === 0 ? 'check' : `check${pass}`);
      if (!taken.has(next)) name = next;
    }
    taken.add(name);
    return { ...check, name };
  });
}

function alterComposite(draft: Draft, change: BodyOf<'alter-composite'>): Problem {
  const { type, action, attribute, to = '', collation } = change;
  const attributes = draft.composites.get(keyOf(type));
  if (attributes === undefined) return unknownType(type);
  const others = attributes.filter(({ name }) => name !== attribute);
  const edited = { name: attribute, type: to, ...(collation === undefined ? {} : { collation }) };
  const edits = {
    add: () => [...others, edited],
    drop: () => others,
    'change-type': () => attributes.map((each) => (each.name === attribute ? edited : each)),
    rename: () => attributes.map((each) => (each.name === attribute ? { ...each, name: to } : each)),
  };
  draft.composites.set(keyOf(type), edits[action]());
  return undefined;
}

/** Range types and base types are not modelled, so that a type nobody knows is no problem where one of those may be meant. */
function moveType(draft: Draft, from: ObjectName, to: ObjectName): Problem {
  const key = keyOf(from);
  const domain = draft.domains.get(key);
  if (domain !== undefined) draft.domains.set(keyOf(to), { ...domain, name: to });
  const values = draft.enums.get(key);
  if (values !== undefined) draft.enums.set(keyOf(to), values);
  const attributes = draft.composites.get(key);
  if (attributes !== undefined) draft.composites.set(keyOf(to), attributes);
  forget(draft, key);
  respell(draft, spelled(from), spelled(to));
  return undefined;
}

/** Whether something is of a type or an array of it. Most are not, and that is seen without taking their types apart. */
function isOf(spelling: string): (each: { readonly type: string }) => boolean {
  return ({ type }) => type.startsWith(spelling) && elementOf(type) === spelling;
}

/** Everything that is of a type bears its new name. */
function respell(draft: Draft, from: string, to: string): void {
  const uses = isOf(from);
  const renamed = <T extends { readonly type: string }>(each: T): T =>
    uses(each) ? { ...each, type: each.type.replace(from, () => to) } : each;
  for (const table of [...draft.tables.values()]) {
    if (table.columns.some(uses)) putTable(draft, { ...table, columns: table.columns.map(renamed) });
  }
  for (const [key, domain] of [...draft.domains]) if (uses(domain)) draft.domains.set(key, renamed(domain));
  for (const [key, attributes] of [...draft.composites]) {
    if (attributes.some(uses)) draft.composites.set(key, attributes.map(renamed));
  }
}

function forget(draft: Draft, key: string): void {
  draft.enums.delete(key);
  draft.domains.delete(key);
  draft.composites.delete(key);
}

function dropType(draft: Draft, { type, cascade }: BodyOf<'drop-type'>): Problem {
  if (cascade) takeAlong(draft, { kind: 'type', name: type }, true);
  forget(draft, keyOf(type));
  return undefined;
}

function unknownType(type: ObjectName): string {
  return `type \`${display(type)}\` is not known`;
}

/** Enums, domains and composite types. */
export const typeAppliers: Appliers<TypeChange['kind']> = {
  'create-enum': (draft, { type, values }) => {
    draft.enums.set(keyOf(type), values);
    return undefined;
  },
  'add-enum-value': addEnumValue,
  'rename-enum-value': renameEnumValue,
  'create-domain': createDomain,
  'alter-domain': alterDomain,
  'create-composite': (draft, { type, attributes }) => {
    draft.composites.set(keyOf(type), attributes);
    return undefined;
  },
  'alter-composite': alterComposite,
  'rename-type': (draft, { type, to }) => moveType(draft, type, { ...type, name: to }),
  'set-type-schema': (draft, { type, to }) => moveType(draft, type, { ...type, schema: to }),
  'drop-type': dropType,
};
