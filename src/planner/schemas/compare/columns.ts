import type { Table } from '../../../sql/catalog.ts';
import type { BodyOf, Column } from '../../../sql/change.ts';
import { castOf } from '../../../sql/facts/type-changes/casts.ts';
import { display, keyOf } from '../../../sql/name.ts';
import { quoteIdentifier } from '../../../sql/quote.ts';
import type { Question } from '../../question.ts';
import { columnKey, tableKey, typed, undefaulted } from '../keys.ts';
import {
  type Comparison,
  change,
  type Differences,
  droppingOf,
  goersOf,
  makingOf,
  none,
  only,
  together,
} from './differences.ts';
import { arrived, arrives, leaves } from './moves.ts';

/** The columns of a table that both schemas have. */
export function compareColumns(before: Table, after: Table, comparison: Comparison): Differences {
  const was = new Map(before.columns.map((column) => [column.name, column]));
  const is = new Set(after.columns.map(({ name }) => name));
  return together([
    ...after.columns.map((column) => {
      const known = was.get(column.name);
      return known === undefined ? added(after, column, comparison) : altered(before, known, column, comparison);
    }),
    ...before.columns.filter(({ name }) => !is.has(name)).map((column) => dropped(before, column, comparison)),
  ]);
}

/** The columns of a table whose type changes, so that the texts of what is built on them may be spelled anew. */
export function retyped(before: Table, after: Table): ReadonlySet<string> {
  const types = new Map(before.columns.map(({ name, type }) => [name, type]));
  return new Set(after.columns.filter(({ name, type }) => (types.get(name) ?? type) !== type).map(({ name }) => name));
}

function added({ name: table }: Table, column: Column, comparison: Comparison): Differences {
  const key = columnKey(table, column.name);
  const order = makingOf(key, comparison, [tableKey(table)]);
  const { comment: _comment, ...bare } = column;
  if (arrives(table, column.name, comparison)) {
    const empty = { ...bare, nullable: true };
    const add = change({ kind: 'add-column', table, column: empty, ifNotExists: false }, order);
    return together([only([add]), requirement({ table, key, before: empty, after: column }, comparison)]);
  }
  const add = change({ kind: 'add-column', table, column: bare, ifNotExists: false }, order);
  const fill = comparison.answers.fills.get(`${keyOf(table)}.${column.name}`);
  const needsValue =
    !column.nullable && column.default === undefined && column.generated === undefined && column.identity === undefined;
  return needsValue && fill === undefined ? { ...none, questions: [whichValue(table, column)] } : only([add]);
}

function whichValue(table: Table['name'], { name, type }: Column): Question {
  const column = `${display(table)}.${name}`;
  return {
    id: `fill ${keyOf(table)}.${name}`,
    to: 'asker',
    text: `Column ${column} (${type}) is new and required, and has no default: which value do the rows get that ${display(table)} has already?`,
    choices: [`fill ${column}=EXPRESSION`],
    didYouMean: [],
  };
}

function dropped({ name: table }: Table, column: Column, comparison: Comparison): Differences {
  if (leaves(table, column.name, comparison)) return none;
  const order = droppingOf(columnKey(table, column.name), comparison);
  return only([change({ kind: 'drop-column', table, column: column.name, ifExists: false, cascade: false }, order)]);
}

function altered(table: Table, before: Column, after: Column, comparison: Comparison): Differences {
  // A partition follows its table in these.
  const follows = table.partitionOf !== undefined;
  return together([
    follows ? none : generation(table, before, after, comparison),
    follows ? none : type(table, before, after, comparison),
    value(table, before, after, comparison),
    identity(table, before, after, comparison),
    follows && !after.nullable && inheritsRequired(table, after, comparison)
      ? none
      : requirement({ table: table.name, key: columnKey(table.name, after.name), before, after }, comparison),
  ]);
}

function inheritsRequired({ partitionOf }: Table, { name }: Column, { desired }: Comparison): boolean {
  const parent = partitionOf === undefined ? undefined : desired.catalog.tables.get(keyOf(partitionOf));
  return parent?.columns.some((column) => column.name === name && !column.nullable) === true;
}

function type({ name: table }: Table, before: Column, after: Column, comparison: Comparison): Differences {
  const { current, answers } = comparison;
  if (before.type === after.type && before.collation === after.collation) return none;
  const key = columnKey(table, after.name);
  const using = answers.conversions.get(`${keyOf(table)}.${after.name}`);
  const cast = castOf(before.type, after.type, current.catalog);
  if (using === undefined && before.generated === undefined && (cast === 'explicit' || cast === 'none'))
    return { ...none, questions: [whichConversion(table, before, after, cast)] };
  const body: BodyOf<'change-column-type'> = {
    kind: 'change-column-type',
    table,
    column: after.name,
    type: after.type,
    ...(using === undefined ? {} : { using, ...(isCastTo(using, after) ? { casts: [after.type] } : {}) }),
    ...(after.collation === undefined ? {} : { collation: after.collation }),
  };
  // What reads the column and goes, goes first; what reads it and stays is put back around the change.
  const { needs } = makingOf(key, comparison);
  const goers = goersOf(key, comparison);
  return only([change(body, { makes: [typed(key)], needs: [...needs, ...goers, undefaulted(key)] })]);
}

/** Whether a conversion is a cast and nothing else, so that it fails, and loses, as that cast does. */
export function isCastTo(using: string, { name, type }: Column): boolean {
  const tight = (text: string) => text.replaceAll(/\s+/g, '');
  return [name, quoteIdentifier(name)].some((column) => tight(using) === tight(`${column}::${type}`));
}

function whichConversion(table: Table['name'], before: Column, after: Column, cast: 'explicit' | 'none'): Question {
  const column = `${display(table)}.${after.name}`;
  return {
    id: `convert ${keyOf(table)}.${after.name}`,
    to: 'asker',
    text: `Column ${column} becomes ${after.type}, and PostgreSQL does not convert ${before.type} to it by itself: with which expression do its values become ${after.type}?`,
    choices: [`convert ${column}=${cast === 'explicit' ? `${after.name}::${after.type}` : 'EXPRESSION'}`],
    didYouMean: [],
  };
}

function value({ name: table }: Table, before: Column, after: Column, comparison: Comparison): Differences {
  if (after.generated !== undefined || before.generated !== undefined) return none;
  // What numbers the rows takes the default along, or brings it.
  if (before.identity !== after.identity) return none;
  const [was, is] = [before.default, after.default];
  if (was?.sql === is?.sql) return none;
  const key = columnKey(table, after.name);
  const isRetyped = before.type !== after.type;
  // PostgreSQL converts a default with its column as long as there is a cast, and then it is spelled as the new one is.
  if (isRetyped && was !== undefined && is !== undefined && bare(was.sql) === bare(is.sql)) return none;
  const drop = change({ kind: 'drop-default', table, column: after.name }, { makes: [undefaulted(key)], needs: [] });
  if (is === undefined) return only([drop]);
  const { needs } = makingOf(key, comparison);
  const set = change(
    { kind: 'set-default', table, column: after.name, default: is },
    { makes: [`default ${key}`], needs: [...needs, key, typed(key), undefaulted(key)] },
  );
  return only(isRetyped && was !== undefined ? [drop, set] : [set]);
}

/** A literal without the cast behind it. */
function bare(sql: string): string {
  return sql.replace(/::[\w\s."]+(?:\([\d, ]+\))?(?:\[\])*$/, '');
}

interface Requirement {
  readonly table: Table['name'];
  readonly key: string;
  readonly before: Column;
  readonly after: Column;
}

function requirement({ table, key, before, after }: Requirement, comparison: Comparison): Differences {
  if (before.nullable === after.nullable) return none;
  const column = after.name;
  if (after.nullable)
    return only([change({ kind: 'drop-not-null', table, column }, { makes: [`loosened ${key}`], needs: [] })]);
  const fill = comparison.answers.fills.get(`${keyOf(table)}.${column}`);
  const came = arrived(key);
  const filling =
    fill === undefined
      ? []
      : [
          {
            kind: 'backfill',
            table,
            column,
            value: fill,
            order: { makes: [`filled ${key}`], needs: [key, came] },
          } as const,
        ];
  return only([
    ...filling,
    change(
      { kind: 'set-not-null', table, column },
      { makes: [`required ${key}`, `required ${came}`], needs: [key, typed(key), came, `filled ${key}`] },
    ),
  ]);
}

function identity(
  { name: table, partitionOf }: Table,
  before: Column,
  after: Column,
  comparison: Comparison,
): Differences {
  // The identity of a partition is its table's.
  if (before.identity === after.identity || partitionOf !== undefined) return none;
  const key = columnKey(table, after.name);
  const { needs } = makingOf(key, comparison);
  const order = { makes: [`numbered ${key}`], needs: [...needs, key, typed(key), `required ${key}`] };
  return only([{ kind: 'change-identity', table, before, after, order }]);
}

function generation({ name: table }: Table, before: Column, after: Column, comparison: Comparison): Differences {
  const [was, is] = [before.generated, after.generated];
  if (was?.expression === is?.expression && was?.stored === is?.stored) return none;
  const key = columnKey(table, after.name);
  const column = after.name;
  if (is === undefined)
    return only([change({ kind: 'drop-expression', table, column, ifExists: false }, { makes: [], needs: [] })]);
  if (was === undefined || was.stored !== is.stored)
    return {
      ...none,
      unsupported: [
        `column ${display(table)}.${column}: it becomes a ${is.stored ? 'stored' : 'virtual'} generated column, which only a new column can`,
      ],
    };
  return only([
    change(
      { kind: 'set-expression', table, column, expression: is.expression },
      { ...makingOf(key, comparison), makes: [`expression of ${key}`] },
    ),
  ]);
}
