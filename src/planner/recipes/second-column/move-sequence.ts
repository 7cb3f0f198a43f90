import { sequenceOf } from '../../../sql/facts/dependants/uses.ts';
import { quoteIdentifier, quoteLiteral, quoteName } from '../../../sql/quote.ts';
import { qualified } from '../../names.ts';
import type { Pair } from './mirror.ts';
import { type Move, move } from './moves.ts';

/** The sequence of a serial or identity column goes on counting where it is, for the column that takes the place. */
export function moveSequence(pair: Pair): readonly Move[] {
  if (pair.old.identity === 'serial') return moveSerial(pair);
  return pair.old.identity === 'always' || pair.old.identity === 'by-default' ? moveIdentity(pair) : [];
}

/**
 * A serial is a default on a sequence that the column owns (the manual, "Serial Types"): the default and the ownership move, or
 * the sequence would go with the old column. A sequence made for integers ends at their end, so its type follows the column's.
 */
function moveSerial({ table: { name: table }, old, new: column, oldName, finalName }: Pair): readonly Move[] {
  const sequence = qualified(sequenceOf(table, old.name));
  const alter = (of: string, action: string) =>
    `ALTER TABLE ${quoteName(table)} ALTER COLUMN ${quoteIdentifier(of)} ${action}`;
  const next = `SET DEFAULT nextval(${quoteLiteral(quoteName(sequence))}::regclass)`;
  const edit = (action: string) => `ALTER SEQUENCE ${quoteName(sequence)} ${action}`;
  const owned = (of: string) => edit(`OWNED BY ${quoteName(table)}.${quoteIdentifier(of)}`);
  return [
    move(alter(oldName, 'DROP DEFAULT'), alter(oldName, next), {
      rule: 'drop-default',
      reason: 'the trigger gives the column its value',
    }),
    move(alter(finalName, next), alter(finalName, 'DROP DEFAULT')),
    move(owned(finalName), owned(oldName)),
    ...(isInteger(column.type) && column.type !== old.type
      ? [move(edit(`AS ${column.type}`), edit(`AS ${old.type}`))]
      : []),
  ];
}

/**
 * An identity column's sequence belongs to it for good (the manual, ALTER SEQUENCE, OWNED BY), so the new column gets one of its
 * own under the same name, which goes on where the old one is. The lock on the table keeps inserts from counting meanwhile.
 */
function moveIdentity({ table: { name: table }, old, oldName, finalName }: Pair): readonly Move[] {
  const sequence = qualified(sequenceOf(table, old.name));
  const away = { ...sequence, name: `${sequence.name.slice(0, 55)}_moved` };
  const of = (column: string) => `ALTER TABLE ${quoteName(table)} ALTER COLUMN ${quoteIdentifier(column)}`;
  const generated = old.identity === 'always' ? 'ALWAYS' : 'BY DEFAULT';
  const handOver = (from: string, to: string) => [
    `ALTER SEQUENCE ${quoteName(sequence)} RENAME TO ${quoteIdentifier(away.name)}`,
    `${of(to)} ADD GENERATED ${generated} AS IDENTITY (SEQUENCE NAME ${quoteName(sequence)})`,
    `SELECT setval(${quoteLiteral(quoteName(sequence))}, last_value, is_called) FROM ${quoteName(away)}`,
    `${of(from)} DROP IDENTITY`,
  ];
  return [
    move(handOver(oldName, finalName), handOver(finalName, oldName), {
      rule: 'long-statement-under-lock',
      reason: 'a sequence is one row',
      statement: 2,
    }),
  ];
}

export function isInteger(type: string): boolean {
  return ['smallint', 'integer', 'bigint'].includes(type);
}
