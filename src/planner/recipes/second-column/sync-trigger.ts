import { renameIn } from '../../../sql/apply/mentions.ts';
import { clip, maxBytes } from '../../../sql/apply/names.ts';
import type { Table } from '../../../sql/catalog.ts';
import type { ObjectName } from '../../../sql/name.ts';
import { quoteIdentifier, quoteName } from '../../../sql/quote.ts';
import { readType } from '../../../sql/type-text.ts';
import { inDollars } from '../../dollars.ts';
import { qualified, temporaryName } from '../../names.ts';
import type { Situation } from '../../situation.ts';

/**
 * A trigger that keeps two columns of one row the same while both are there (the technique of "expand and contract", as pgroll
 * and gh-ost do it; the manual, "Overview of Trigger Behavior": a BEFORE trigger may change the row that is about to be written).
 */
export interface Sync {
  readonly table: ObjectName;
  readonly trigger: string;
  readonly function: ObjectName;
}

export function syncOf({ name: table, triggers = [] }: Table, column: string, { catalog }: Situation): Sync {
  const name = temporaryName(table, column, 'sync', catalog);
  // Triggers of one kind fire in the order of their names, and what another one makes of the row must be seen.
  let trigger = clip(`zz_${column}`, maxBytes - 10);
  while (triggers.some((other) => Buffer.compare(Buffer.from(other.name), Buffer.from(trigger)) >= 0))
    trigger = `z${trigger}`;
  return { table: qualified(table), trigger, function: { ...qualified(table), name } };
}

/** The trigger with its function. It finds names as the session that makes it does, whoever writes to the table later. */
export function createSync(sync: Sync, body: string): readonly string[] {
  const { trigger, table } = sync;
  return [
    replaceSync(sync, body),
    `CREATE TRIGGER ${quoteIdentifier(trigger)} BEFORE INSERT OR UPDATE ON ${quoteName(table)} FOR EACH ROW EXECUTE FUNCTION ${quoteName(sync.function)}()`,
  ];
}

export function replaceSync(sync: Sync, body: string): string {
  const text = inDollars(`\n#variable_conflict use_column\n${body}\n`, 'sync');
  return `CREATE OR REPLACE FUNCTION ${quoteName(sync.function)}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS ${text}`;
}

export function dropSync({ trigger, table, function: routine }: Sync): readonly string[] {
  return [
    `DROP TRIGGER IF EXISTS ${quoteIdentifier(trigger)} ON ${quoteName(table)}`,
    `DROP FUNCTION IF EXISTS ${quoteName(routine)}()`,
  ];
}

/** The new column follows the old one. `value` may use every column of the row, and is assigned as an UPDATE would do it. */
export function following(table: ObjectName, to: string, value: string): string {
  return `BEGIN
  SELECT (${value}) INTO NEW.${quoteIdentifier(to)} FROM (SELECT (NEW).*) AS ${quoteIdentifier(table.name)};
  RETURN NEW;
END`;
}

export interface Backward {
  readonly table: ObjectName;
  /** The new column, under the name that the old one had. */
  readonly column: string;
  /** The old column, under the name that it has until it is dropped. */
  readonly old: string;
  readonly oldType: string;
  readonly newType: string;
  /** How the new value is made of the old one, with the names of before. */
  readonly value: string;
}

/**
 * The old column follows the new one after the switch, so that going back loses nothing. Only a value from which the same new
 * value would be made again is kept, and NULL otherwise: so it never makes a write fail, and never makes two values one.
 */
export function followingBack({ table, column, old, oldType, newType, value }: Backward): string {
  const [now, then] = [quoteIdentifier(column), quoteIdentifier(old)];
  const again = renameIn(value, column, old);
  return `DECLARE
  kept ${oldType};
  again boolean;
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.${now}::text IS NOT DISTINCT FROM OLD.${now}::text AND NEW.${then} IS NOT NULL THEN
    RETURN NEW;
  END IF;
  BEGIN
    kept := NEW.${now};
    NEW.${then} := kept;
    SELECT (${again})::${newType}::text IS NOT DISTINCT FROM ${now}::text INTO again FROM (SELECT (NEW).*) AS ${quoteIdentifier(table.name)};
    IF NOT again THEN
      NEW.${then} := NULL;
    END IF;
  EXCEPTION WHEN others THEN
    NEW.${then} := NULL;
  END;
  RETURN NEW;
END`;
}

/**
 * Two columns that mean the same, while code writes either. `plain` has no default, so that a value in it was written; an UPDATE
 * changes the one that its code knows.
 */
export function both(given: string, plain: string, type: string): string {
  const [then, now] = [quoteIdentifier(given), quoteIdentifier(plain)];
  const differs = (one: string, other: string) => {
    const cast = lacksEquality(type) ? '::text' : '';
    return `${one}${cast} IS DISTINCT FROM ${other}${cast}`;
  };
  return `BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.${now} IS NULL THEN
      NEW.${now} := NEW.${then};
    ELSE
      NEW.${then} := NEW.${now};
    END IF;
  ELSIF ${differs(`NEW.${now}`, `OLD.${now}`)} THEN
    NEW.${then} := NEW.${now};
  ELSIF ${differs(`NEW.${then}`, `OLD.${then}`)} THEN
    NEW.${now} := NEW.${then};
  END IF;
  RETURN NEW;
END`;
}

/** Types without an equality operator, or with one that compares areas (the manual, "JSON Types", "Geometric Functions"). */
export function lacksEquality(type: string): boolean {
  return /^(json|xml|point|line|lseg|box|path|polygon|circle)$/.test(readType(type).base);
}
