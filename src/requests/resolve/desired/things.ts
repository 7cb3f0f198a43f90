import { type Catalog, type Table, tableOf } from '../../../sql/catalog.ts';
import type { ChangeBody, Constraint, Index } from '../../../sql/change.ts';
import { looseText } from '../../../sql/facts/loose-text.ts';
import { keyOf } from '../../../sql/name.ts';
import type { Span } from '../../../sql/span.ts';
import { consider } from '../consider.ts';
import type { Desk } from '../desk.ts';

type Thing = Constraint | Index;

interface Compared {
  readonly added: readonly Thing[];
  /** Constraints that are there and not valid, and are to be. */
  readonly kept: readonly string[];
  readonly dropped: readonly ChangeBody[];
}

/** The constraints and indexes of a table by what they say: what they are called is left to the database. */
export function compareThings(shown: Table, after: Table, catalog: Catalog): Compared {
  const left = thingsOf(shown).map((thing) => ({ thing, text: textOf(thing, catalog) }));
  const present = tableOf(catalog, after.name);
  const added: Thing[] = [];
  const kept: string[] = [];
  for (const thing of thingsOf(after)) {
    const text = textOf(thing, catalog);
    const at = left.findIndex((each) => each.text === text);
    const [known] = at === -1 ? [] : left.splice(at, 1);
    if (known === undefined) added.push(thing);
    else if (isWaiting(known.thing) && !isWaiting(thing) && known.thing.name !== undefined) kept.push(known.thing.name);
  }
  // What a text does not show is there all the same.
  const going = new Set(left.map(({ text }) => text));
  const others = new Set((present === undefined ? [] : thingsOf(present)).map((thing) => textOf(thing, catalog)));
  return {
    added: added.filter((thing) => going.has(textOf(thing, catalog)) || !others.has(textOf(thing, catalog))),
    kept,
    dropped: left.flatMap(({ thing }) => dropping(after, thing)),
  };
}

/** Takes what is new to the desk, and what is to be valid. */
export function bringThings(
  desk: Desk,
  { name: table }: Table,
  { added, kept }: Pick<Compared, 'added' | 'kept'>,
  span: Span,
): undefined {
  for (const name of kept) consider(desk, { kind: 'validate-constraint', table, name, span });
  for (const thing of added) {
    if (isIndex(thing))
      consider(desk, { kind: 'create-index', index: thing, concurrently: false, ifNotExists: false, span });
    else consider(desk, { kind: 'add-constraint', table, constraint: thing, span });
  }
}

function thingsOf({ constraints, indexes }: Table): readonly Thing[] {
  return [
    ...constraints.filter((constraint) => constraint.kind !== 'not-null' && !isInherited(constraint)),
    ...indexes.filter(({ partitionOf }) => partitionOf === undefined),
  ];
}

function isInherited(constraint: Constraint): boolean {
  return 'inherited' in constraint && constraint.inherited === true;
}

function isIndex(thing: Thing): thing is Index {
  return 'keys' in thing;
}

function isWaiting(thing: Thing): boolean {
  return 'validated' in thing && !thing.validated;
}

function dropping({ name: table }: Table, thing: Thing): readonly ChangeBody[] {
  const { name } = thing;
  if (name === undefined) return [];
  if (!isIndex(thing)) return [{ kind: 'drop-constraint', table, name, ifExists: false, cascade: false }];
  const index = { ...table, name };
  return [{ kind: 'drop-index', index, table, concurrently: false, ifExists: false, cascade: false }];
}

function textOf(thing: Thing, catalog: Catalog): string {
  if (isIndex(thing)) {
    const { method, unique, include, where, nullsNotDistinct } = thing;
    const keys = thing.keys.map(({ expression, ...key }) =>
      expression === undefined ? key : { ...key, expression: looseText(expression) },
    );
    const isPlain = keys.every((key) => Object.keys(key).join() === 'column') && where === undefined;
    // A unique index does what a unique constraint does.
    if (unique && isPlain && method === 'btree')
      return JSON.stringify(['unique', thing.keys.map(({ column }) => column), include, nullsNotDistinct === true]);
    return JSON.stringify([method, unique, keys, include, looseText(where), nullsNotDistinct === true]);
  }
  switch (thing.kind) {
    case 'primary-key':
      return JSON.stringify([thing.kind, thing.columns, thing.include ?? [], thing.deferrable]);
    case 'unique': {
      const { columns, include = [], nullsNotDistinct, deferrable } = thing;
      return JSON.stringify([
        'unique',
        columns,
        include,
        nullsNotDistinct === true,
        ...(deferrable ? [deferrable] : []),
      ]);
    }
    case 'check':
      return JSON.stringify([thing.kind, looseText(thing.expression), thing.noInherit === true]);
    case 'foreign-key': {
      const { columns, references, onDelete = 'no action', onUpdate = 'no action', deferrable } = thing;
      const key = tableOf(catalog, references)?.constraints.find(({ kind }) => kind === 'primary-key');
      const target =
        thing.referencedColumns.length === 0 && key?.kind === 'primary-key' ? key.columns : thing.referencedColumns;
      return JSON.stringify([thing.kind, columns, keyOf(references), target, onDelete, onUpdate, deferrable]);
    }
    case 'exclusion':
      return JSON.stringify([thing.kind, looseText(thing.definition)]);
    case 'not-null':
      return JSON.stringify([thing.kind, thing.column]);
  }
}
