import { unreachable } from '../../kernel/errors.ts';
import type { Wish } from '../grammar/wish.ts';
import { fulfilChangeType, fulfilDefault, fulfilRequire } from './column-facts.ts';
import { fulfilCheck, fulfilReference, fulfilUnique } from './constraints.ts';
import { withoutContradictions } from './contradictions.ts';
import type { Desk } from './desk.ts';
import { fulfilIndex } from './indexes.ts';
import { fulfilAddColumn } from './new-columns.ts';
import { fulfilCreateTable } from './new-table.ts';
import { fulfilOptimize } from './queries.ts';
import { fulfilDrop, fulfilDropColumn, fulfilDropIndex, fulfilDropTable, fulfilRename } from './removals.ts';
import { fulfilBackfill } from './rows.ts';
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
      return fulfilChangeType(desk, wish);
    case 'default':
      return fulfilDefault(desk, wish);
    case 'backfill':
      return fulfilBackfill(desk, wish);
    case 'require':
      return fulfilRequire(desk, wish);
    case 'unique':
      return fulfilUnique(desk, wish);
    case 'check':
      return fulfilCheck(desk, wish);
    case 'reference':
      return fulfilReference(desk, wish);
    case 'index':
      return fulfilIndex(desk, wish);
    case 'rename':
      return fulfilRename(desk, wish);
    case 'drop-index':
      return fulfilDropIndex(desk, wish);
    case 'drop-column':
      return fulfilDropColumn(desk, wish);
    case 'drop':
      return fulfilDrop(desk, wish);
    case 'drop-table':
      return fulfilDropTable(desk, wish);
    case 'optimize':
      return fulfilOptimize(desk, wish);
    default:
      return unreachable(wish);
  }
}
