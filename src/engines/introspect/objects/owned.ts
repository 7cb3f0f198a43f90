import { makeObjectName } from '../../../sql/apply/names.ts';
import type { Row } from '../../session.ts';
import { type Draft, draftOf, facet } from './draft.ts';

/** Whether `serial` would have made this very sequence, so that the column brings it along. */
export function isSerial({ plain, name, owner_table: table, owner_column: column }: Row): boolean {
  return plain === true && name === makeObjectName(String(table), String(column), 'seq');
}

/**
 * A sequence, and apart from it the column that owns it: ownership can only be given when the column is there, whose default may
 * need the sequence in turn.
 */
export function sequenceOf(row: Row): readonly Draft[] {
  const sequence = draftOf(row);
  if (row.owner_column === null || row.identity === true) return [sequence];
  const { key } = sequence.object;
  const column = `${row.owner_schema}.${row.owner_table}.${row.owner_column}`;
  const serial = isSerial(row);
  const made = serial ? { create: [], drop: [], of: `column ${column}` } : {};
  const owner = (of: string) => `ALTER SEQUENCE ${String(row.target).slice('SEQUENCE '.length)} OWNED BY ${of}`;
  return [
    { ...sequence, object: { ...sequence.object, ...made } },
    facet({
      key: key.replace('sequence ', 'sequence owner '),
      kind: 'sequence owner',
      definition: column,
      create: serial ? [] : [owner(String(row.owner))],
      drop: serial ? [] : [owner('NONE')],
      replace: [owner(String(row.owner))],
      needs: [`column ${column}`],
      of: serial ? `column ${column}` : key,
    }),
  ];
}
