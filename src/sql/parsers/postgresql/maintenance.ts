import type {
  ClusterStmt,
  DefElem,
  LockStmt,
  Node,
  RangeVar,
  RefreshMatViewStmt,
  ReindexStmt,
  VacuumStmt,
} from 'libpg-query';
import { nameOf } from './names.ts';
import { allOf, as } from './nodes.ts';
import { otherOn, otherStatement } from './other.ts';
import type { Read, Reading } from './reading.ts';

/** The modes of LOCK TABLE by their number (PostgreSQL source, lockdefs.h). */
const modes = [
  'ACCESS SHARE',
  'ROW SHARE',
  'ROW EXCLUSIVE',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const;

export function lock({ relations, mode = modes.length }: LockStmt): readonly Read[] {
  return allOf(relations, 'RangeVar').map((relation) => ({
    kind: 'maintain',
    what: 'LOCK TABLE',
    table: nameOf(relation),
    mode: modes[mode - 1] ?? 'ACCESS EXCLUSIVE',
    concurrently: false,
  }));
}

export function cluster({ relation }: ClusterStmt): readonly Read[] {
  return [{ kind: 'maintain', what: 'CLUSTER', ...tableOf(relation), concurrently: false }];
}

/** VACUUM, with FULL or without. ANALYZE alone is the same node, and is not modelled. */
export function vacuum(node: VacuumStmt, reading: Reading): readonly Read[] {
  if (node.is_vacuumcmd !== true) {
    const relations = allOf(node.rels, 'VacuumRelation').map(({ relation }) => relation);
    return relations.length === 0 ? otherStatement(reading) : otherOn(relations, reading);
  }
  const what = isOn(node.options, 'full') ? 'VACUUM FULL' : 'VACUUM';
  const tables = allOf(node.rels, 'VacuumRelation').map(({ relation }) => tableOf(relation));
  return (tables.length === 0 ? [{}] : tables).map((table) => ({
    kind: 'maintain',
    what,
    ...table,
    concurrently: false,
  }));
}

const kinds: Readonly<Record<string, string>> = {
  REINDEX_OBJECT_SCHEMA: 'REINDEX SCHEMA',
  REINDEX_OBJECT_DATABASE: 'REINDEX DATABASE',
  REINDEX_OBJECT_SYSTEM: 'REINDEX SYSTEM',
};

export function reindex({ kind = 'REINDEX_OBJECT_TABLE', relation, params }: ReindexStmt): readonly Read[] {
  const concurrently = isOn(params, 'concurrently');
  const subject = kind === 'REINDEX_OBJECT_INDEX' ? { index: nameOf(relation) } : tableOf(relation);
  return [{ kind: 'maintain', what: kinds[kind] ?? 'REINDEX', ...subject, concurrently }];
}

export function refresh({ relation, concurrent, skipData }: RefreshMatViewStmt): readonly Read[] {
  return [
    {
      kind: 'maintain',
      what: 'REFRESH MATERIALIZED VIEW',
      ...tableOf(relation),
      concurrently: concurrent === true,
      ...(skipData === true ? { empty: true } : {}),
    },
  ];
}

function tableOf(relation: RangeVar | undefined) {
  return relation === undefined ? {} : { table: nameOf(relation) };
}

/** Whether an option in parentheses or as a word is there, and not switched off (manual, REINDEX: `boolean`). */
function isOn(options: readonly Node[] | undefined, name: string): boolean {
  const option = allOf(options, 'DefElem').findLast(({ defname }) => defname === name);
  return option !== undefined && !isFalse(option);
}

function isFalse({ arg }: DefElem): boolean {
  const word = as(arg, 'String')?.sval ?? '';
  const number = as(arg, 'Integer');
  return number === undefined ? ['false', 'off'].includes(word.toLowerCase()) : (number.ival ?? 0) === 0;
}
