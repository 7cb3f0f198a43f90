import type { Clause, Setting } from '../grammar/clause.ts';
import type { Wish } from '../grammar/wish.ts';
import { addColumn } from './add-column.ts';
import { backfill } from './backfill.ts';
import { changeType } from './change-type.ts';
import { checks } from './checks.ts';
import { createTable } from './create-table.ts';
import { defaults } from './defaults.ts';
import { drop } from './drop.ts';
import { indexing } from './indexing.ts';
import { inlineSql } from './inline-sql.ts';
import { optimize } from './optimize.ts';
import { property } from './property.ts';
import { reference } from './reference.ts';
import { rename } from './rename.ts';
import { unique } from './unique.ts';

/** What one kind of sentence asks for, or `undefined` when the clause is of another kind. */
export type Reader = (clause: Clause, setting: Setting) => readonly Wish[] | undefined;

/** Every kind of sentence, the narrower before the wider: the first that understands a clause has it. */
export const readers: readonly Reader[] = [
  optimize,
  inlineSql,
  createTable,
  rename,
  unique,
  reference,
  indexing,
  defaults,
  backfill,
  changeType,
  property,
  checks,
  drop,
  addColumn,
];

/** The wishes of a clause, or `undefined` when no kind of sentence fits it. */
export function wishesOf(clause: Clause, setting: Setting): readonly Wish[] | undefined {
  for (const reader of readers) {
    const wishes = reader(clause, setting);
    if (wishes !== undefined && wishes.length > 0) return wishes;
  }
  return undefined;
}
