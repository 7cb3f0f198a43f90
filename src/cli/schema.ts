import { unreachable } from '../kernel/errors.ts';
import type { Catalog } from '../sql/catalog.ts';
import { erDiagram } from '../sql/mermaid.ts';
import { schemaText } from './formats/schema-text.ts';
import { schemaAt } from './inputs/schema.ts';
import { parseLean } from './lean.ts';
import { print, remark } from './output.ts';
import { engineOption, oneOf, onlyOne, readArguments, UsageError } from './usage.ts';

const formats = ['text', 'json', 'mermaid'] as const;

const options = { engine: { type: 'string' }, format: { type: 'string', default: 'text' } } as const;

/**
 * `database-lead schema`: the schema that a DDL file or a directory of migrations makes. 2: something was not understood, so the
 * schema that is printed may lack it.
 */
export async function schemaCommand(args: readonly string[], usage: string): Promise<number> {
  const { values, positionals } = readArguments(args, options, usage);
  const path = onlyOne(positionals, 'path', usage);
  if (path === undefined) throw new UsageError('no schema named', `Usage: ${usage}`);
  const format = oneOf(formats, values.format, '--format');
  parseLean();
  const { catalog, errors, notes } = await schemaAt(path, engineOption(values.engine));
  for (const note of notes) remark(note);
  for (const { file, line, column, message } of errors) remark(`${file}:${line}:${column}: not understood: ${message}`);
  await print(render(catalog, format));
  return errors.length > 0 ? 2 : 0;
}

function render(catalog: Catalog, format: (typeof formats)[number]): string {
  switch (format) {
    case 'text':
      return schemaText(catalog);
    case 'json':
      return asJson(catalog);
    case 'mermaid':
      return erDiagram(catalog);
    default:
      return unreachable(format);
  }
}

function asJson(catalog: Catalog): string {
  const { engine, schemas, tables, enums, domains, composites, sequences, functions, views, extensions } = catalog;
  const value = {
    engine,
    schemas: [...schemas],
    tables: [...tables.values()],
    enums: Object.fromEntries(enums),
    domains: [...domains.values()],
    composites: Object.fromEntries(composites),
    sequences: [...sequences.values()],
    functions: Object.fromEntries(functions),
    views: [...views.values()],
    extensions: [...extensions],
  };
  return JSON.stringify(value, null, 2);
}
