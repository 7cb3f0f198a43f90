import type { ChangeBody, OnlineClauses } from '../../change.ts';
import type { ObjectName } from '../../name.ts';
import { addition } from './alter-add.ts';
import { alteration, dropping, renaming, restatement } from './alter-edit.ts';
import { accept, acceptOne, type Cursor, ifExists, isAtEnd, key, objectName, parts } from './cursor.ts';
import { onlineClause } from './indexes.ts';
import { placeOf, type Reading, readings } from './reading.ts';

/** ALTER TABLE, from the word ALTER on (MySQL manual, "ALTER TABLE Statement"): one or more changes for each specification. */
export function alterTable(cursor: Cursor): readonly Reading[] {
  cursor.at++;
  let online: OnlineClauses = accept(cursor, 'ONLINE') ? { lock: 'none' } : {};
  accept(cursor, 'IGNORE');
  accept(cursor, 'TABLE');
  ifExists(cursor);
  const table = objectName(cursor);
  if (accept(cursor, 'WAIT')) cursor.at++;
  accept(cursor, 'NOWAIT');
  if (isAtEnd(cursor)) return readings([{ kind: 'other', what: 'ALTER TABLE' }]);

  const found: Reading[] = [];
  for (const part of specifications(cursor)) {
    const clause = onlineClause(part);
    if (clause !== undefined) online = { ...online, ...clause };
    else {
      const place = placeOf(part, part.at, part.end);
      found.push(...specification(part, table).map((change) => ({ change, ...place })));
    }
  }
  return Object.keys(online).length === 0 ? found : found.map((reading) => ({ ...reading, online }));
}

/** The specifications, which commas separate; those of ORDER BY and of partitions go on to the end. */
function specifications(cursor: Cursor): readonly Cursor[] {
  const found = parts(cursor);
  const last = found.findIndex((part) => accept({ ...part }, 'ORDER', 'BY') || isPartitioning(part));
  const [from, to] = [found[last], found.at(-1)];
  if (from === undefined || to === undefined || !found.slice(last + 1).every((part) => !isClause(part))) return found;
  return [...found.slice(0, last), { ...from, end: to.end }];
}

function isClause(part: Cursor): boolean {
  return /^(?:ADD|DROP|MODIFY|CHANGE|ALTER|RENAME|ALGORITHM|LOCK)$/.test(key(part));
}

function isPartitioning(part: Cursor): boolean {
  return /^(?:PARTITION|REORGANIZE|EXCHANGE|COALESCE|TRUNCATE|DISCARD|IMPORT|REBUILD|REMOVE|OPTIMIZE|ANALYZE|CHECK|REPAIR)$/.test(
    key(part),
  );
}

function specification(part: Cursor, table: ObjectName): readonly ChangeBody[] {
  switch (acceptOne(part, 'ADD', 'DROP', 'MODIFY', 'CHANGE', 'ALTER', 'RENAME')) {
    case 'ADD':
      return addition(part, table);
    case 'DROP':
      return dropping(part, table);
    case 'MODIFY':
      return restatement(part, table, false);
    case 'CHANGE':
      return restatement(part, table, true);
    case 'ALTER':
      return alteration(part, table);
    case 'RENAME':
      return renaming(part, table);
    default:
      return option(part, table);
  }
}

/** Options of the whole table and work on partitions: those that copy or touch the rows are named. */
function option(part: Cursor, table: ObjectName): readonly ChangeBody[] {
  const words = [key(part), key(part, 1)];
  part.at = part.end;
  if (isHeavy(words.join(' '))) {
    return [{ kind: 'maintain', what: `ALTER TABLE ... ${words.join(' ').trim()}`, table, concurrently: false }];
  }
  return [{ kind: 'other', what: 'ALTER TABLE' }];
}

function isHeavy(words: string): boolean {
  return /^(?:CONVERT TO|ENGINE|FORCE|ROW_FORMAT|ORDER BY|KEY_BLOCK_SIZE|\w+ PARTITION|PARTITION BY|REMOVE PARTITIONING)\b/.test(
    words,
  );
}
