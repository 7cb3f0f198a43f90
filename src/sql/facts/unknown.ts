import type { Catalog } from '../catalog.ts';
import type { Change } from '../change.ts';
import { display } from '../name.ts';
import { indexExists, sequenceExists } from './existence.ts';
import {
  firstMissing,
  firstMissingColumn,
  firstMissingGrant,
  missingColumn,
  missingConstraint,
  missingForConstraint,
  missingForIndex,
  missingForTable,
  missingFunction,
  missingOwnType,
  missingPart,
  missingRelation,
  missingSchema,
  missingTable,
  missingType,
  missingValue,
} from './missing.ts';

/**
 * What a change refers to and a catalog of everything that exists does not have, as words: `table \`orders\``. `undefined`: it is
 * all there, or may be. What IF EXISTS passes over is not asked for.
 */
export function missingFor(change: Change, catalog: Catalog): string | undefined {
  switch (change.kind) {
    case 'drop-schema':
      return change.ifExists === true ? undefined : missingSchema(change.schema, catalog);
    case 'rename-schema':
      return missingSchema(change.schema, catalog);
    case 'create-table':
      return missingForTable(change, catalog);
    case 'drop-table':
      return change.ifExists ? undefined : missingTable(change.table, catalog);
    case 'rename-table':
      return missingRelation(change.table, catalog);
    case 'set-table-schema':
      return missingRelation(change.table, catalog) ?? missingSchema(change.to, catalog);
    case 'add-column':
      return missingTable(change.table, catalog) ?? missingType(change.column, catalog);
    case 'drop-column':
      return change.ifExists
        ? missingTable(change.table, catalog)
        : missingColumn(change.table, change.column, catalog);
    case 'change-column-type':
      return missingColumn(change.table, change.column, catalog) ?? missingType({ type: change.type }, catalog);
    case 'rename-column':
    case 'set-not-null':
    case 'drop-not-null':
    case 'set-default':
    case 'drop-default':
    case 'add-identity':
    case 'drop-identity':
    case 'set-expression':
    case 'drop-expression':
      return missingColumn(change.table, change.column, catalog);
    case 'add-constraint':
      return missingTable(change.table, catalog) ?? missingForConstraint(change.table, change.constraint, catalog);
    case 'drop-constraint':
      return change.ifExists ? missingTable(change.table, catalog) : missingConstraint(change, catalog);
    case 'validate-constraint':
    case 'rename-constraint':
      return missingConstraint(change, catalog);
    case 'create-index':
      return missingRelation(change.index.table, catalog) ?? missingForIndex(change.index, catalog);
    case 'drop-index':
    case 'rename-index':
      if (change.kind === 'drop-index' && change.ifExists) return undefined;
      return indexExists(change.index, catalog) ? undefined : `index \`${display(change.index)}\``;
    case 'create-view':
      return (
        missingSchema(change.view.schema, catalog) ??
        firstMissing(
          (change.uses ?? []).map((use) => use.relation),
          catalog,
        )
      );
    case 'drop-view':
      return change.ifExists === true ? undefined : missingRelation(change.view, catalog, 'view');
    case 'create-sequence':
      return missingSchema(change.sequence.schema, catalog);
    case 'drop-sequence':
      if (change.ifExists || sequenceExists(change.sequence, catalog)) return undefined;
      return `sequence \`${display(change.sequence)}\``;
    case 'create-enum':
    case 'create-composite':
      return missingSchema(change.type.schema, catalog);
    case 'create-domain':
      return missingSchema(change.domain.schema, catalog) ?? missingType(change.definition, catalog);
    case 'add-enum-value':
      return missingOwnType(change.type, catalog) ?? missingValue(change.type, change.before ?? change.after, catalog);
    case 'rename-enum-value':
      return missingOwnType(change.type, catalog) ?? missingValue(change.type, change.value, catalog);
    case 'alter-composite':
    case 'rename-type':
    case 'set-type-schema':
      return missingOwnType(change.type, catalog);
    case 'drop-type':
      return change.ifExists === true ? undefined : missingOwnType(change.type, catalog);
    case 'alter-domain':
      return missingOwnType(change.domain, catalog, 'domain');
    case 'attach-partition':
    case 'detach-partition':
      return missingTable(change.table, catalog) ?? missingTable(change.partition, catalog);
    case 'set-inherit':
      return missingTable(change.table, catalog) ?? missingTable(change.parent, catalog);
    case 'set-logged':
    case 'set-row-security':
    case 'create-policy':
    case 'toggle-trigger':
      return missingTable(change.table, catalog);
    case 'create-trigger':
      return missingRelation(change.table, catalog) ?? missingFunction(change.function, catalog);
    case 'drop-function':
      // Aggregates are not in the catalog.
      if (change.ifExists || change.what === 'AGGREGATE') return undefined;
      return missingFunction(change.function, catalog, change.what.toLowerCase());
    case 'alter-policy':
      return missingTable(change.table, catalog) ?? missingPart(change.table, 'policies', change.policy, catalog);
    case 'drop-policy':
      if (change.ifExists) return undefined;
      return missingTable(change.table, catalog) ?? missingPart(change.table, 'policies', change.policy, catalog);
    case 'drop-trigger':
      if (change.ifExists) return undefined;
      return missingRelation(change.table, catalog) ?? missingPart(change.table, 'triggers', change.trigger, catalog);
    case 'comment':
      if (change.column === undefined) return missingRelation(change.table, catalog);
      return missingRelation(change.table, catalog) ?? missingColumn(change.table, change.column, catalog);
    case 'write-data':
      return (
        missingRelation(change.table, catalog) ??
        firstMissing(change.sources ?? [], catalog) ??
        firstMissingColumn(change.table, [...(change.sets ?? []), ...(change.columns ?? [])], catalog)
      );
    case 'query':
      return firstMissing(change.tables, catalog);
    case 'grant':
    case 'revoke':
      return change.on === 'table' ? firstMissingGrant(change.objects, catalog) : undefined;
    case 'maintain':
      if (change.index !== undefined && !indexExists(change.index, catalog))
        return `index \`${display(change.index)}\``;
      return change.table === undefined ? undefined : missingRelation(change.table, catalog);
    default:
      return undefined;
  }
}
