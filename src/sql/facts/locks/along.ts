import type { Catalog } from '../../catalog.ts';
import { dependants, type SchemaObject } from '../dependants/index.ts';
import { lockOn, type RelationLock } from './lock.ts';
import { ownerOf } from './relations.ts';

/** ACCESS EXCLUSIVE on every relation that loses something when CASCADE takes it along with an object. */
export function takenAlong(object: SchemaObject, catalog: Catalog): readonly RelationLock[] {
  return dependants(catalog, object).flatMap(({ object: each }) => {
    const name = relationOf(each, catalog);
    return name === undefined ? [] : [lockOn(name, 'AccessExclusiveLock')];
  });
}

function relationOf(object: SchemaObject, catalog: Catalog) {
  if ('part' in object) return object.kind === 'attribute' ? undefined : object.of;
  switch (object.kind) {
    case 'table':
    case 'view':
    case 'materialized-view':
      return object.name;
    case 'index':
      return ownerOf(object.name, catalog)?.name;
    case 'schema':
    case 'extension':
    case 'sequence':
    case 'type':
    case 'function':
      return undefined;
  }
}
