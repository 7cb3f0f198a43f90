import type { Catalog, Table } from '../../sql/catalog.ts';
import type { Index } from '../../sql/change.ts';
import type { Engine } from '../../sql/engine.ts';
import { display } from '../../sql/name.ts';
import { renderColumn } from '../../sql/render/column.ts';
import { renderConstraint } from '../../sql/render/constraint.ts';
import { printable } from '../output.ts';

/** A schema for people: each table with its columns, constraints and indexes, then enums, views and extensions. */
export function schemaText({ engine, tables, enums, views, extensions }: Catalog): string {
  const blocks = [
    ...[...tables.values()].map((table) => tableText(table, engine)),
    ...[...enums].map(([name, values]) => `enum ${name.replace(/^public\./, '')}: ${values.join(', ')}`),
    ...[...views.values()].map(
      ({ name, query, materialized }) =>
        `${materialized ? 'materialized ' : ''}view ${display(name)}\n${indented(query)}`,
    ),
    ...[...extensions].map((extension) => `extension ${extension}`),
  ];
  return printable(blocks.length === 0 ? 'no tables' : blocks.join('\n\n'));
}

function tableText(
  { name, columns, constraints, indexes, comment, partitionBy, partitionOf, open }: Table,
  engine: Engine,
): string {
  const parent = partitionOf === undefined ? '' : ` (partition of ${display(partitionOf)})`;
  const lines = [
    ...(comment === undefined ? [] : [`-- ${comment}`]),
    ...columns.map((column) => renderColumn(column, engine)),
    ...(open ? ['... and columns that the migrations do not tell'] : []),
    ...constraints.map((constraint) => renderConstraint(constraint, engine)),
    ...indexes.map(indexText),
    ...(partitionBy === undefined ? [] : [`PARTITION BY ${partitionBy}`]),
  ];
  return `table ${display(name)}${parent}\n${indented(lines.join('\n'))}`;
}

function indexText({ name = '(unnamed)', method, keys, include, unique, where }: Index): string {
  const list = keys.map(({ column, expression, descending, opclass }) =>
    [column ?? expression, opclass, descending === true ? 'DESC' : undefined]
      .filter((part) => part !== undefined)
      .join(' '),
  );
  const using = method === 'btree' ? '' : ` USING ${method}`;
  const covering = include.length === 0 ? '' : ` INCLUDE (${include.join(', ')})`;
  return `${unique ? 'UNIQUE ' : ''}INDEX ${name}${using} (${list.join(', ')})${covering}${where === undefined ? '' : ` WHERE ${where}`}`;
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
