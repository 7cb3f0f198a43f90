import type { Catalog, Domain, Policy, Table, View } from '../../sql/catalog.ts';
import type { Column, Index } from '../../sql/change.ts';
import type { Engine } from '../../sql/engine.ts';
import { display } from '../../sql/name.ts';
import { renderColumn } from '../../sql/render/column.ts';
import { renderConstraint } from '../../sql/render/constraint.ts';
import { printable } from '../output.ts';

/** A schema for people: each table with all that it has, then types, sequences, views, functions and extensions. */
export function schemaText(catalog: Catalog): string {
  const { engine, tables, enums, domains, composites, sequences, views, functions, extensions } = catalog;
  const blocks = [
    ...[...tables.values()].map((table) => tableText(table, engine)),
    ...[...enums].map(([key, values]) => `enum ${shown(key)}: ${values.join(', ')}`),
    ...[...domains.values()].map((domain) => domainText(domain)),
    ...[...composites].map(
      ([key, attributes]) => `type ${shown(key)}: ${attributes.map(({ name, type }) => `${name} ${type}`).join(', ')}`,
    ),
    ...[...sequences.values()].map(
      ({ name, ownedBy }) =>
        `sequence ${display(name)}${ownedBy === undefined ? '' : ` (of ${display(ownedBy.table)}.${ownedBy.column})`}`,
    ),
    ...[...views.values()].map(viewText),
    ...[...functions].flatMap(([key, overloads]) =>
      overloads.map(
        ({ procedure, arguments: types, language }) =>
          `${procedure ? 'procedure' : 'function'} ${shown(key)}(${types.join(', ')}) in ${language}`,
      ),
    ),
    ...[...extensions].map((extension) => `extension ${extension}`),
  ];
  return printable(blocks.length === 0 ? 'no tables' : blocks.join('\n\n'));
}

/** A key of the catalog as a person writes the name. */
function shown(key: string): string {
  return key.replace(/^public\./, '');
}

function viewText({ name, query, materialized, indexes = [] }: View): string {
  const lines = [query, ...indexes.map(indexText)].map(indented);
  return [`${materialized ? 'materialized ' : ''}view ${display(name)}`, ...lines].join('\n');
}

function domainText({ name, type, nullable, default: value, collation, checks }: Domain): string {
  const parts = [
    type,
    ...(collation === undefined ? [] : [`COLLATE ${collation}`]),
    ...(value === undefined ? [] : [`DEFAULT ${value.sql}`]),
    ...(nullable ? [] : ['NOT NULL']),
    ...checks.map(({ expression, validated }) => `CHECK (${expression})${validated ? '' : ' NOT VALID'}`),
  ];
  return `domain ${display(name)}: ${parts.join(' ')}`;
}

function tableText(table: Table, engine: Engine): string {
  const { name, columns, constraints, indexes, comment, partitionBy, open, triggers = [], policies = [] } = table;
  const { enabled = false, forced = false } = table.rowSecurity ?? {};
  const lines = [
    ...(comment === undefined ? [] : [`-- ${comment}`]),
    ...columns.map((column) => renderColumn(column, engine) + remarkOn(column)),
    ...(open ? ['... and columns that the migrations do not tell'] : []),
    ...constraints.map((constraint) => renderConstraint(constraint, engine)),
    ...indexes.map(indexText),
    ...(partitionBy === undefined ? [] : [`PARTITION BY ${partitionBy}`]),
    ...triggers.map((each) => `TRIGGER ${each.name}: ${display(each.function)}()${each.enabled ? '' : ', disabled'}`),
    ...(enabled || forced ? [`ROW LEVEL SECURITY${enabled ? '' : ' disabled'}${forced ? ', forced' : ''}`] : []),
    ...policies.map((each) => policyText(each)),
  ];
  return [`${wordsFor(table)} ${display(name)}${parentOf(table)}`, ...lines.map(indented)].join('\n');
}

/** Of engines that say a comment elsewhere than with the column. */
function remarkOn({ comment }: Column): string {
  return comment === undefined ? '' : ` -- ${comment.replace(/\s+/g, ' ')}`;
}

function wordsFor({ unlogged, foreign }: Table): string {
  return `${unlogged === true ? 'unlogged ' : ''}${foreign === true ? 'foreign ' : ''}table`;
}

function parentOf({ partitionOf, inherits }: Table): string {
  if (partitionOf !== undefined) return ` (partition of ${display(partitionOf)})`;
  return inherits === undefined ? '' : ` (inherits from ${inherits.map(display).join(', ')})`;
}

function policyText({ name, command, permissive, roles, using, withCheck }: Policy): string {
  const conditions = [
    ...(using === undefined ? [] : [`USING (${using})`]),
    ...(withCheck === undefined ? [] : [`WITH CHECK (${withCheck})`]),
  ];
  return [
    `POLICY ${name}:`,
    permissive ? 'permissive' : 'restrictive',
    'for',
    command,
    'to',
    roles.join(', '),
    ...conditions,
  ].join(' ');
}

function indexText({ name = '(unnamed)', method, keys, include, unique, where, invalid }: Index): string {
  const list = keys.map(({ column, expression, descending, opclass }) =>
    [column ?? expression, opclass, descending === true ? 'DESC' : undefined]
      .filter((part) => part !== undefined)
      .join(' '),
  );
  const using = method === 'btree' ? '' : ` USING ${method}`;
  const covering = include.length === 0 ? '' : ` INCLUDE (${include.join(', ')})`;
  return `${unique ? 'UNIQUE ' : ''}INDEX ${name}${using} (${list.join(', ')})${covering}${where === undefined ? '' : ` WHERE ${where}`}${invalid === true ? ' (invalid)' : ''}`;
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
