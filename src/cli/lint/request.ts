import { readFileSync } from 'node:fs';
import { didYouMean } from '../../config/did-you-mean.ts';
import type { Engine } from '../../sql/engine.ts';
import { type Level, levels } from '../../sql/finding.ts';
import type { RuleSettings } from '../../sql/lint/levels.ts';
import { readRuleSettings, type SettingProblem } from '../../sql/lint/settings.ts';
import { engineOption, oneOf, readArguments, UsageError, versionOption } from '../usage.ts';

const formats = ['text', 'json', 'sarif', 'github'] as const;
export type Format = (typeof formats)[number];

const options = {
  engine: { type: 'string' },
  'engine-version': { type: 'string' },
  schema: { type: 'string' },
  'assume-in-transaction': { type: 'boolean', default: false },
  format: { type: 'string', default: 'text' },
  config: { type: 'string' },
  'no-config': { type: 'boolean', default: false },
  rule: { type: 'string', multiple: true },
  'min-level': { type: 'string', default: 'notice' },
  fix: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  quiet: { type: 'boolean', short: 'q', default: false },
  'stdin-filename': { type: 'string' },
} as const;

/** What `database-lead lint` was asked for. */
export interface LintRequest {
  readonly paths: readonly string[];
  readonly engine?: Engine;
  readonly engineVersion?: string;
  readonly schema?: string;
  readonly assumeInTransaction: boolean;
  readonly format: Format;
  /** A configuration file; without one it is looked for. */
  readonly config?: string | { readonly none: true };
  readonly rules: RuleSettings;
  readonly minLevel: Level;
  readonly fix?: 'write' | 'show';
  readonly quiet: boolean;
  /** How standard input is called. */
  readonly inputName?: string;
}

/** Reads the arguments of the command. Throws {@link UsageError} on what does not go together. */
export function readRequest(args: readonly string[], usage: string): LintRequest {
  const { values, positionals } = readArguments(args, options, usage);
  const format = oneOf(formats, values.format, '--format');
  if (values['dry-run'] && !values.fix) throw new UsageError('--dry-run shows fixes', 'Use it with --fix');
  if (values['no-config'] && values.config !== undefined)
    throw new UsageError('--config and --no-config do not go together', `Usage: ${usage}`);
  if (values.schema === '-' && positionals.includes('-'))
    throw new UsageError('standard input cannot be both what is checked and --schema', 'Name a file for one of them');
  const fix = values['dry-run'] ? 'show' : 'write';
  if (values.fix && format !== 'text' && (fix === 'show' || positionals.includes('-')))
    throw new UsageError(
      `--format ${format} and ${fix === 'show' ? '--dry-run' : '--fix of standard input'} both print to standard output`,
      'Leave one of them out',
    );
  return {
    paths: positionals,
    ...engineOption(values.engine),
    ...versionOption(values['engine-version']),
    ...(values.schema === undefined ? {} : { schema: values.schema }),
    assumeInTransaction: values['assume-in-transaction'],
    format,
    ...configOption(values.config, values['no-config']),
    rules: ruleOptions(values.rule ?? []),
    minLevel: oneOf(levels, values['min-level'], '--min-level'),
    ...(values.fix ? { fix } : {}),
    quiet: values.quiet,
    ...(values['stdin-filename'] === undefined ? {} : { inputName: values['stdin-filename'] }),
  };
}

function configOption(file: string | undefined, none: boolean): Pick<LintRequest, 'config'> {
  if (none) return { config: { none: true } };
  if (file === undefined) return {};
  try {
    readFileSync(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`cannot read the configuration ${file}: ${why}`, 'Name another with --config');
  }
  return { config: file };
}

/** `--rule ID=LEVEL`, any number of times; of one rule the last counts. */
function ruleOptions(given: readonly string[]): RuleSettings {
  const entries = given.map((each) => {
    const at = each.indexOf('=');
    if (at === -1) throw new UsageError(`--rule is "${each}"`, 'Use ID=LEVEL, such as drop-table=off');
    return [each.slice(0, at).trim(), each.slice(at + 1).trim()] as const;
  });
  const { settings, problems } = readRuleSettings(Object.fromEntries(entries));
  const [problem] = problems;
  if (problem !== undefined) throw settingError(`--rule ${problem.path.join('.')}`, problem);
  return settings;
}

/** A mistake in what was said of a rule, as an error of use. */
export function settingError(where: string, { path, value, allowed, known }: SettingProblem): UsageError {
  const meant = known === undefined ? undefined : didYouMean(String(path.at(-1)), known);
  const guess = meant === undefined ? '' : `Did you mean ${meant}? `;
  return new UsageError(`${where} is ${JSON.stringify(value)}`, `${guess}Allowed: ${allowed}`);
}
