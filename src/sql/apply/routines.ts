import type { Table, Trigger } from '../catalog.ts';
import type { BodyOf } from '../change.ts';
import type { FunctionDefinition, RoutineChange } from '../changes/routines.ts';
import { keyOf, type ObjectName } from '../name.ts';
import { type Appliers, leaveAsItIs } from './applier.ts';
import { takeAlong } from './cascade.ts';
import { alter, type Draft, type Problem, putTable } from './draft.ts';

function createFunction(draft: Draft, { function: name, definition }: BodyOf<'create-function'>): Problem {
  const others = overloads(draft, name).filter((each) => !takes(each, definition.arguments));
  draft.functions.set(keyOf(name), [...others, definition]);
  return undefined;
}

function alterFunction(draft: Draft, { function: name, definition }: BodyOf<'alter-function'>): Problem {
  const known = overloads(draft, name);
  if (known.length === 0) return undefined;
  const altered = known.map((each) =>
    definition.arguments === undefined || takes(each, definition.arguments) ? altering(each, definition) : each,
  );
  draft.functions.set(keyOf(name), altered);
  return undefined;
}

function altering(known: FunctionDefinition, definition: Partial<FunctionDefinition>): FunctionDefinition {
  const { searchPath, ...facts } = { ...known, ...definition, arguments: known.arguments };
  return searchPath === undefined || searchPath === 'default' ? facts : { ...facts, searchPath };
}

/** Without arguments the name alone must be unique (manual, DROP FUNCTION). */
function dropFunction(draft: Draft, { function: name, arguments: types, cascade }: BodyOf<'drop-function'>): Problem {
  if (cascade) takeAlong(draft, { kind: 'function', name }, true);
  const left = types === undefined ? [] : overloads(draft, name).filter((each) => !takes(each, types));
  if (left.length === 0) draft.functions.delete(keyOf(name));
  else draft.functions.set(keyOf(name), left);
  return undefined;
}

function renameFunction(draft: Draft, { function: name, to, arguments: types }: BodyOf<'rename-function'>): Problem {
  const moved = overloads(draft, name).filter((each) => types === undefined || takes(each, types));
  if (moved.length === 0) return undefined;
  dropFunction(draft, {
    kind: 'drop-function',
    function: name,
    what: 'ROUTINE',
    ifExists: true,
    cascade: false,
    ...(types === undefined ? {} : { arguments: types }),
  });
  draft.functions.set(keyOf(to), [...overloads(draft, to), ...moved]);
  followFunction(draft, name, to);
  return undefined;
}

/** Triggers know what they call by identity; what they call takes no arguments, so that only one function of a name can be meant. */
export function followFunction(draft: Draft, from: ObjectName, to: ObjectName): void {
  if (overloads(draft, from).some((each) => each.arguments.length === 0)) return;
  const key = keyOf(from);
  for (const table of [...draft.tables.values()]) {
    const triggers = triggersOf(table);
    if (!triggers.some((each) => keyOf(each.function) === key)) continue;
    putTable(draft, {
      ...table,
      triggers: triggers.map((each) => (keyOf(each.function) === key ? { ...each, function: to } : each)),
    });
  }
}

function overloads(draft: Draft, name: ObjectName): readonly FunctionDefinition[] {
  return draft.functions.get(keyOf(name)) ?? [];
}

function takes({ arguments: known }: FunctionDefinition, types: readonly string[]): boolean {
  return known.length === types.length && known.every((type, at) => type === types[at]);
}

function createTrigger(draft: Draft, change: BodyOf<'create-trigger'>): Problem {
  const { trigger: name, function: called, table, columns } = change;
  const added: Trigger = { name, function: called, enabled: true, ...(columns === undefined ? {} : { columns }) };
  return alter(draft, table, (known) =>
    withTriggers(known, [...triggersOf(known).filter((each) => each.name !== name), added]),
  );
}

function dropTrigger(draft: Draft, { table, trigger }: BodyOf<'drop-trigger'>): Problem {
  return alter(draft, table, (known) =>
    withTriggers(
      known,
      triggersOf(known).filter(({ name }) => name !== trigger),
    ),
  );
}

function editTriggers(draft: Draft, table: ObjectName, trigger: string | undefined, facts: Partial<Trigger>): Problem {
  return alter(draft, table, (known) =>
    withTriggers(
      known,
      triggersOf(known).map((each) => (trigger === undefined || each.name === trigger ? { ...each, ...facts } : each)),
    ),
  );
}

function triggersOf({ triggers = [] }: Table): readonly Trigger[] {
  return triggers;
}

function withTriggers(table: Table, triggers: readonly Trigger[]): Table {
  const { triggers: _known, ...rest } = table;
  return triggers.length === 0 ? rest : { ...rest, triggers };
}

/** Functions, procedures and triggers. */
export const routineAppliers: Appliers<RoutineChange['kind']> = {
  'create-function': createFunction,
  'alter-function': alterFunction,
  'drop-function': dropFunction,
  'rename-function': renameFunction,
  'create-trigger': createTrigger,
  'drop-trigger': dropTrigger,
  'rename-trigger': (draft, { table, trigger, to }) => editTriggers(draft, table, trigger, { name: to }),
  'toggle-trigger': (draft, { table, trigger, enabled }) => editTriggers(draft, table, trigger, { enabled }),
  'dynamic-sql': leaveAsItIs,
};
