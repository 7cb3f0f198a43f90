import { unreachable } from '../../kernel/errors.ts';
import type { Wish } from '../sentences/wish.ts';
import * as alterations from './alterations.ts';
import { withoutContradictions } from './contradictions.ts';
import type { Desk } from './desk.ts';
import { fulfilAddColumn, fulfilCreateTable } from './new-columns.ts';
import { fulfilOptimize } from './queries.ts';
import { fulfilSql } from './statements.ts';

/** What others may stand on comes first; what others still name goes last. */
const order: readonly Wish['kind'][] = [
  'sql',
  'create-table',
  'add-column',
  'change-type',
  'default',
  'backfill',
  'require',
  'unique',
  'check',
  'reference',
  'index',
  'rename',
  'drop-index',
  'drop-column',
  'drop',
  'drop-table',
  'optimize',
];

/** Brings every wish to the desk. */
export function fulfilAll(desk: Desk, wishes: readonly Wish[]): void {
  const possible = withoutContradictions(desk, wishes);
  const sorted = possible.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  for (const wish of sorted) fulfil(desk, wish);
}

function fulfil(desk: Desk, wish: Wish): undefined {
  switch (wish.kind) {
    case 'sql':
      return fulfilSql(desk, wish);
    case 'create-table':
      return fulfilCreateTable(desk, wish);
    case 'add-column':
      return fulfilAddColumn(desk, wish);
    case 'change-type':
      return alterations.fulfilChangeType(desk, wish);
    case 'default':
      return alterations.fulfilDefault(desk, wish);
    case 'backfill':
      return alterations.fulfilBackfill(desk, wish);
    case 'require':
      return alterations.fulfilRequire(desk, wish);
    case 'unique':
      return alterations.fulfilUnique(desk, wish);
    case 'check':
      return alterations.fulfilCheck(desk, wish);
    case 'reference':
      return alterations.fulfilReference(desk, wish);
    case 'index':
      return alterations.fulfilIndex(desk, wish);
    case 'rename':
      return alterations.fulfilRename(desk, wish);
    case 'drop-index':
      return alterations.fulfilDropIndex(desk, wish);
    case 'drop-column':
      return alterations.fulfilDropColumn(desk, wish);
    case 'drop':
      return alterations.fulfilDrop(desk, wish);
    case 'drop-table':
      return alterations.fulfilDropTable(desk, wish);
    case 'optimize':
      return fulfilOptimize(desk, wish);
    default:
      return unreachable(wish);
  }
}
