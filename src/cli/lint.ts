import { unreachable } from '../kernel/errors.ts';
import { catalogOf } from '../sql/apply/index.ts';
import type { Catalog } from '../sql/catalog.ts';
import type { Engine } from '../sql/engine.ts';
import type { LintReport } from '../sql/finding.ts';
import { lint } from '../sql/lint.ts';
import { loadParsers, parse } from '../sql/parsers/index.ts';
import { asWorkflowCommands } from './formats/github.ts';
import { asSarif } from './formats/sarif.ts';
import { asText } from './formats/text.ts';
import { readInputs } from './inputs.ts';
import { engineOf, oneOf, readArguments, UsageError } from './usage.ts';

export const lintUsage =
  'database-lead lint PATH... [--engine E] [--engine-version V] [--schema PATH] [--assume-in-transaction] [--format text|json|sarif|github]';

const formats = ['text', 'json', 'sarif', 'github'] as const;

/** `database-lead lint`: holds SQL files against the rules. 0: nothing blocks, 1: something does, 2: a file could not be read whole. */
export async function lintCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(
    args,
    {
      engine: { type: 'string', default: 'postgresql' },
      'engine-version': { type: 'string' },
      schema: { type: 'string' },
      'assume-in-transaction': { type: 'boolean', default: false },
      format: { type: 'string', default: 'text' },
    },
    lintUsage,
  );
  if (positionals.length === 0) throw new UsageError('nothing to lint', `Usage: ${lintUsage}`);
  const engine = engineOf(values.engine);
  const format = oneOf(formats, values.format, '--format');
  await loadParsers();
  const {
    catalog: _catalog,
    problems: _problems,
    ...report
  } = lint(await readInputs(positionals), {
    engine,
    ...(values['engine-version'] === undefined ? {} : { engineVersion: values['engine-version'] }),
    ...(values.schema === undefined ? {} : { before: await schemaAt(values.schema, engine) }),
    assumeInTransaction: values['assume-in-transaction'],
  });
  const text = render(report, format);
  if (text !== '') process.stdout.write(`${text}\n`);
  if (report.errors.length > 0) return 2;
  return report.findings.some(({ level }) => level === 'error') ? 1 : 0;
}

/** The catalog that the DDL of a file or directory makes. */
export async function schemaAt(path: string, engine: Engine): Promise<Catalog> {
  const inputs = await readInputs([path]);
  const { catalog } = catalogOf(
    engine,
    inputs.map(({ sql }) => parse(sql, engine)),
  );
  return catalog;
}

function render(report: LintReport, format: (typeof formats)[number]): string {
  switch (format) {
    case 'text':
      return asText(report);
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
