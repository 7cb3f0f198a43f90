import type { Catalog } from '../sql/catalog.ts';
import { erDiagram } from '../sql/mermaid.ts';
import { display } from '../sql/name.ts';
import { loadParsers } from '../sql/parsers/index.ts';
import { schemaAt } from './lint.ts';
import { engineOf, oneOf, readArguments, UsageError } from './usage.ts';

export const schemaUsage = 'database-lead schema PATH [--engine E] [--format text|json|mermaid]';

const formats = ['text', 'json', 'mermaid'] as const;

/** `database-lead schema`: the schema that a DDL file or a directory of migrations makes. */
export async function schemaCommand(args: readonly string[]): Promise<number> {
  const options = {
    engine: { type: 'string', default: 'postgresql' },
    format: { type: 'string', default: 'text' },
  } as const;
  const { values, positionals } = readArguments(args, options, schemaUsage);
  const [path] = positionals;
  if (path === undefined) throw new UsageError('no schema named', `Usage: ${schemaUsage}`);
  const format = oneOf(formats, values.format, '--format');
  await loadParsers();
  const catalog = await schemaAt(path, engineOf(values.engine));
  process.stdout.write(
    `${format === 'mermaid' ? erDiagram(catalog) : format === 'json' ? asJson(catalog) : asText(catalog)}\n`,
  );
  return 0;
}

function asJson({ engine, schemas, tables, enums, views, extensions }: Catalog): string {
  const value = {
    engine,
    schemas: [...schemas],
    tables: [...tables.values()],
    enums: Object.fromEntries(enums),
    views: [...views.values()],
    extensions: [...extensions],
  };
  return JSON.stringify(value, null, 2);
}

function asText({ tables }: Catalog): string {
  return [...tables.values()]
    .map(({ name, columns }) =>
      [
        display(name),
        ...columns.map(({ name, type, nullable }) => `  ${name} ${type}${nullable ? '' : ' NOT NULL'}`),
      ].join('\n'),
    )
    .join('\n\n');
}
