import { clip, maxBytes } from '../../../sql/apply/names.ts';
import type { ObjectName } from '../../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../../sql/quote.ts';
import { inDollars } from '../../dollars.ts';
import { qualified } from '../../names.ts';
import type { MoveGoal } from '../../schemas/goal.ts';
import type { ColumnMove } from '../../schemas/moves.ts';
import { differs, holds, joined, sourceName, targetName } from './statements.ts';

/** A function with the triggers that call it, by the time at which they do. */
export interface Carrier {
  readonly table: ObjectName;
  readonly routine: Required<ObjectName>;
  readonly body: string;
  readonly when: readonly string[];
}

/**
 * What is written to the columns that are left is written to the others in the same transaction (the manual, "Overview of Trigger
 * Behavior"). Neither trigger writes what is there already, so that two of them do not call each other for ever.
 */
export function carryThere(move: ColumnMove, { there }: MoveGoal['routines']): Carrier {
  return { table: move.source.name, routine: there, ...(move.isNew ? makingRows(move) : fillingRows(move)) };
}

function makingRows(move: ColumnMove): Pick<Carrier, 'body' | 'when'> {
  const { columns, link } = move;
  const target = targetName(move);
  const to = columns.map(({ to: column }) => quoteIdentifier(column.name));
  const keys = link.pairs.map((pair) => quoteIdentifier(pair.target));
  const values = [...link.pairs.map((pair) => pair.source), ...columns.map(({ from }) => from.name)].map(
    (name) => `NEW.${quoteIdentifier(name)}`,
  );
  const isRequired = columns.some((pair) => !pair.to.nullable);
  const nothing = isRequired
    ? `DELETE FROM ${target} AS other WHERE ${joined(move, 'NEW', 'other')};`
    : `UPDATE ${target} AS other SET ${to.map((name) => `${name} = NULL`).join(', ')}
    WHERE ${joined(move, 'NEW', 'other')} AND (${holds(move, 'to', 'other')});`;
  // A row that is referred to could not be deleted by code that knows nothing of the one that refers to it.
  const follows = link.cascades ? [] : ['BEFORE DELETE'];
  const gone = link.cascades
    ? ''
    : `  IF TG_OP = 'DELETE' THEN
    DELETE FROM ${target} AS other WHERE ${joined(move, 'OLD', 'other')};
    RETURN OLD;
  END IF;
`;
  return {
    when: ['AFTER INSERT OR UPDATE', ...follows],
    body: `BEGIN
${gone}${unchanged(move, 'from')}  IF ${holds(move, 'from', 'NEW')} THEN
    INSERT INTO ${target} AS other (${[...keys, ...to].join(', ')}) VALUES (${values.join(', ')})
    ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${to.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}
    WHERE ${differs(move, ['other', 'to'], ['EXCLUDED', 'to'])};
  ELSE
    ${nothing}
  END IF;
  RETURN NULL;
END`,
  };
}

function fillingRows(move: ColumnMove): Pick<Carrier, 'body' | 'when'> {
  const { columns, link } = move;
  const target = targetName(move);
  const set = columns.map(({ from, to }) => `${quoteIdentifier(to.name)} = NEW.${quoteIdentifier(from.name)}`);
  const away = columns.map(({ to }) => `${quoteIdentifier(to.name)} = NULL`);
  const write = `UPDATE ${target} AS other SET ${set.join(', ')}
  WHERE ${joined(move, 'NEW', 'other')} AND (${differs(move, ['other', 'to'], ['NEW', 'from'])});`;
  // A row to which the other one refers cannot go before that.
  if (link.refers === 'target')
    return {
      when: ['AFTER INSERT OR UPDATE'],
      body: `BEGIN\n${unchanged(move, 'from')}  ${write}\n  RETURN NULL;\nEND`,
    };
  const isElsewhere = link.pairs
    .map((pair) => quoteIdentifier(pair.source))
    .map((name) => `NEW.${name} IS DISTINCT FROM OLD.${name}`)
    .join(' OR ');
  return {
    when: ['AFTER INSERT OR UPDATE OR DELETE'],
    body: `BEGIN
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND (${isElsewhere})) THEN
    UPDATE ${target} AS other SET ${away.join(', ')}
    WHERE ${joined(move, 'OLD', 'other')} AND (${holds(move, 'to', 'other')});
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN NULL;
  END IF;
  ${write}
  RETURN NULL;
END`,
  };
}

/** The same the other way: while old code runs, it reads what new code writes. */
export function carryBack(move: ColumnMove, { back }: MoveGoal['routines']): Carrier {
  const { columns } = move;
  const source = sourceName(move);
  const set = columns.map(({ from, to }) => `${quoteIdentifier(from.name)} = NEW.${quoteIdentifier(to.name)}`);
  const away = columns.map(({ from }) => `${quoteIdentifier(from.name)} = NULL`);
  // Where the row goes because the one that it belongs to goes, that one must not be touched.
  const isFollowed = move.link.refers !== 'source';
  const gone = isFollowed
    ? `  IF TG_OP = 'DELETE' THEN
    IF pg_trigger_depth() = 1 THEN
      UPDATE ${source} AS own SET ${away.join(', ')}
      WHERE ${joined(move, 'own', 'OLD')} AND (${holds(move, 'from', 'own')});
    END IF;
    RETURN NULL;
  END IF;
`
    : '';
  return {
    table: move.target.name,
    routine: back,
    when: [`AFTER INSERT OR UPDATE${isFollowed ? ' OR DELETE' : ''}`],
    body: `BEGIN
${gone}${unchanged(move, 'to')}  UPDATE ${source} AS own SET ${set.join(', ')}
  WHERE ${joined(move, 'own', 'NEW')} AND (${differs(move, ['own', 'from'], ['NEW', 'to'])});
  RETURN NULL;
END`,
  };
}

function unchanged(move: ColumnMove, side: 'from' | 'to'): string {
  return `  IF TG_OP = 'UPDATE' AND NOT (${differs(move, ['NEW', side], ['OLD', side])}) THEN
    RETURN NULL;
  END IF;
`;
}

/** The function and its triggers. They find names as the session that makes them does, whoever writes later. */
export function createCarrier({ table, routine, body, when }: Carrier): readonly string[] {
  const text = inDollars(`\n#variable_conflict use_column\n${body}\n`, 'move');
  return [
    `CREATE OR REPLACE FUNCTION ${quoteName(routine)}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS ${text}`,
    ...when.map(
      (time, at) =>
        `CREATE TRIGGER ${triggerName(routine, at)} ${time} ON ${quoteName(qualified(table))} FOR EACH ROW EXECUTE FUNCTION ${quoteName(routine)}()`,
    ),
  ];
}

export function dropCarrier({ table, routine, when }: Carrier): readonly string[] {
  return [
    ...when.map((_, at) => `DROP TRIGGER IF EXISTS ${triggerName(routine, at)} ON ${quoteName(qualified(table))}`),
    `DROP FUNCTION IF EXISTS ${quoteName(routine)}()`,
  ];
}

function triggerName({ name }: ObjectName, at: number): string {
  return quoteIdentifier(at === 0 ? name : `${clip(name, maxBytes - 7)}_delete`);
}
