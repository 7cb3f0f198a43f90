import type { Wish } from '../grammar/wish.ts';
import { snakeCase } from '../names/normal.ts';
import { oneOf } from './choices.ts';
import type { Desk } from './desk.ts';

/** Wishes that cannot all come true are asked about; those that remain can. */
export function withoutContradictions(desk: Desk, wishes: readonly Wish[]): readonly Wish[] {
  return requiredAndOptional(desk, droppedAndUsed(desk, wishes));
}

function droppedAndUsed(desk: Desk, wishes: readonly Wish[]): readonly Wish[] {
  let kept = wishes;
  for (const drop of wishes) {
    const column = drop.kind === 'drop-column' ? drop.column : drop.kind === 'drop' ? drop.name : undefined;
    if (column === undefined) continue;
    const table = 'table' in drop ? drop.table : undefined;
    const users = kept.filter((wish) => wish !== drop && uses(wish, table, column));
    if (users.length === 0) continue;
    const choices = ['Drop it', 'Keep it'];
    const name = table === undefined ? column : `${table}.${column}`;
    const answer = desk.ask(
      {
        id: `contradiction:${snakeCase(name)}`,
        to: 'asker',
        text: `The request drops \`${name}\` and also asks for something of it. What is meant?`,
        choices,
      },
      oneOf(choices),
    );
    if (answer === undefined) {
      desk.await(`Drop \`${name}\`, or keep it (still to be answered).`);
      kept = kept.filter((wish) => wish !== drop && !users.includes(wish));
    } else kept = kept.filter((wish) => (answer === 0 ? !users.includes(wish) : wish !== drop));
  }
  return kept;
}

function uses(wish: Wish, table: string | undefined, column: string): boolean {
  switch (wish.kind) {
    case 'index':
    case 'unique':
      return near(wish.table, table) && wish.columns.some((name) => snakeCase(name) === snakeCase(column));
    case 'require':
    case 'default':
    case 'change-type':
    case 'backfill':
    case 'check':
    case 'reference':
      return near(wish.table, table) && wish.column !== undefined && snakeCase(wish.column) === snakeCase(column);
    case 'rename':
      return wish.is !== 'table' && near(wish.table, table) && snakeCase(wish.name) === snakeCase(column);
    default:
      return false;
  }
}

function near(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || snakeCase(a) === snakeCase(b);
}

function requiredAndOptional(desk: Desk, wishes: readonly Wish[]): readonly Wish[] {
  let kept = wishes;
  for (const first of wishes) {
    if (first.kind !== 'require' || !kept.includes(first)) continue;
    const other = kept.find(
      (wish) =>
        wish.kind === 'require' &&
        wish.required !== first.required &&
        near(wish.table, first.table) &&
        snakeCase(wish.column) === snakeCase(first.column),
    );
    if (other?.kind !== 'require') continue;
    const choices = ['Required', 'Optional'];
    const name = `${first.table ?? other.table ?? ''}.${first.column}`.replace(/^\./, '');
    const answer = desk.ask(
      {
        id: `contradiction:${snakeCase(name)}.required`,
        to: 'asker',
        text: `The request makes \`${name}\` required and also optional. What is meant?`,
        choices,
      },
      oneOf(choices),
    );
    if (answer === undefined) {
      desk.await(`Make \`${name}\` required or optional (still to be answered).`);
      kept = kept.filter((wish) => wish !== first && wish !== other);
    } else kept = kept.filter((wish) => wish !== (first.required === (answer === 0) ? other : first));
  }
  return kept;
}
