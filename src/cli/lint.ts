import { unreachable } from '../kernel/errors.ts';
import type { LintReport } from '../sql/finding.ts';
import type { Migration } from '../sql/history/history.ts';
import { loadParsers } from '../sql/parsers/index.ts';
import { asWorkflowCommands } from './formats/github.ts';
import { asSarif } from './formats/sarif.ts';
import { asText } from './formats/text.ts';
import { readSources } from './inputs/read.ts';
import { schemaAt } from './inputs/schema.ts';
import { parseLean } from './lean.ts';
import { print, remark } from './output.ts';
import { lintReport } from './report.ts';
import { engineOption, oneOf, readArguments, UsageError, versionOption } from './usage.ts';

const formats = ['text', 'json', 'sarif', 'github'] as const;

const options = {
  engine: { type: 'string' },
  'engine-version': { type: 'string' },
  schema: { type: 'string' },
  'assume-in-transaction': { type: 'boolean', default: false },
  format: { type: 'string', default: 'text' },
} as const;

/**
 * `database-lead lint`: holds SQL files against the rules. 0: nothing blocks, 1: something does, 2: something could not be read
 * or understood, whatever else was found.
 */
export async function lintCommand(args: readonly string[], usage: string): Promise<number> {
  const { values, positionals } = readArguments(args, options, usage);
  if (positionals.length === 0) throw new UsageError('nothing to lint', `Usage: ${usage}`);
  const format = oneOf(formats, values.format, '--format');
  const version = versionOption(values['engine-version']);
  const wanted = engineOption(values.engine);

  parseLean();
  const parsers = loadParsers();
  const { engine, migrations, errors, notes } = await readSources(positionals, wanted);
  for (const note of notes) remark(note);
  await parsers;
  const schema = values.schema === undefined ? undefined : await schemaAt(values.schema, { engine });
  const report = await lintReport(
    migrations,
    {
      engine,
      ...version,
      ...(schema === undefined ? {} : { before: schema.catalog }),
      assumeInTransaction: values['assume-in-transaction'],
    },
    [...(schema?.errors ?? []), ...errors],
  );
  await print(render(report, format, migrations));
  if (report.errors.length > 0) {
    const files = [...new Set(report.errors.map(({ file }) => file))];
    remark(`not everything could be read: ${files.slice(0, 5).join(', ')}${files.length > 5 ? ', ...' : ''}`);
    return 2;
  }
  return report.findings.some(({ level }) => level === 'error') ? 1 : 0;
}

function render(report: LintReport, format: (typeof formats)[number], migrations: readonly Migration[]): string {
  switch (format) {
    case 'text':
      return asText(report, migrations);
    case 'json':
      return JSON.stringify(report, null, 2);
    case 'sarif':
      return asSarif(report);
    case 'github':
      return asWorkflowCommands(report);
    default:
      return unreachable(format);
  }
}
