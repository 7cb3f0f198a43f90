import type { Setting } from '../grammar/clause.ts';
import { isTable } from '../grammar/clause.ts';
import { mayBeName } from '../grammar/vocabulary.ts';
import type { Wish } from '../grammar/wish.ts';
import type { Word } from '../text/words.ts';

/** The setting after a wish: what it speaks of is what "it" and a missing table mean next. */
export function after(setting: Setting, wish: Wish): Setting {
  const table = tableOf(wish) ?? setting.table;
  const columns = columnsOf(wish);
  return {
    ...setting,
    ...(table === undefined ? {} : { table }),
    columns: columns.length === 0 ? setting.columns : columns,
  };
}

function tableOf(wish: Wish): string | undefined {
  switch (wish.kind) {
    case 'optimize':
      return wish.about;
    case 'drop-table':
    case 'sql':
      return undefined;
    default:
      return wish.table;
  }
}

function columnsOf(wish: Wish): readonly string[] {
  switch (wish.kind) {
    case 'add-column':
      return wish.column.name === undefined ? [] : [wish.column.name];
    case 'unique':
    case 'index':
      return wish.columns;
    case 'rename':
      return wish.is === 'table' ? [] : [wish.to];
    case 'change-type':
    case 'require':
    case 'default':
    case 'backfill':
      return [wish.column];
    case 'check':
    case 'reference':
      return wish.column === undefined ? [] : [wish.column];
    case 'create-table':
    case 'drop-table':
    case 'drop-column':
    case 'drop':
    case 'drop-index':
    case 'optimize':
    case 'sql':
      return [];
    default:
      return wish satisfies never;
  }
}

/** The one table that the words mention, if it is just one. */
export function onlyTable(words: readonly Word[], setting: Setting): string | undefined {
  const named = words.filter((word) => mayBeName(word) && isTable(setting, word.text)).map(({ lower }) => lower);
  return new Set(named).size === 1 ? named[0] : undefined;
}
