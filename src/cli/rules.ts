import { didYouMean } from '../config/did-you-mean.ts';
import type { Engine } from '../sql/engine.ts';
import type { Category, Level } from '../sql/finding.ts';
import { type GeneralCheck, generalChecks } from '../sql/general/checks.ts';
import { generalPrefix } from '../sql/lint/settle.ts';
import type { Rule, RuleExample, RuleOptions } from '../sql/rule.ts';
import { rules } from '../sql/rules/index.ts';
import { paintFor } from './formats/paint.ts';
import { rulePage, ruleTable } from './formats/rules-text.ts';
import { print } from './output.ts';
import { oneOf, onlyOne, readArguments, UsageError } from './usage.ts';

/** A rule, or a general check, as `rules --format json` prints it. */
export interface RuleEntry {
  readonly id: string;
  readonly level: Level;
  readonly category: Category;
  readonly engines: readonly Engine[];
  /** It says nothing until the configuration gives it a level. */
  readonly optIn: boolean;
  readonly when: string;
  readonly effect?: string;
  readonly remedy: string;
  readonly options: RuleOptions;
  readonly optionDocs: Readonly<Record<string, string>>;
  readonly examples: readonly RuleExample[];
  readonly source?: string;
}

const formats = ['text', 'json'] as const;

/** `database-lead rules`: the rules and general checks by category, a line each, or one in full. */
export async function rulesCommand(args: readonly string[], usage: string): Promise<number> {
  const { values, positionals } = readArguments(args, { format: { type: 'string', default: 'text' } }, usage);
  const format = oneOf(formats, values.format, '--format');
  const wanted = onlyOne(positionals, 'rule', usage);
  const entries = [...rules.map(ofRule), ...generalChecks.map(ofCheck)];
  const shown = wanted === undefined ? entries : entryNamed(wanted, entries);
  if (format === 'json') {
    await print(JSON.stringify(shown, null, 2));
    return 0;
  }
  // Who reads it through a pipe looks for lines.
  const look = { paint: paintFor(process.stdout), width: process.stdout.columns || Number.POSITIVE_INFINITY };
  await print(Array.isArray(shown) ? ruleTable(entries, look) : rulePage(shown as RuleEntry, look));
  return 0;
}

function entryNamed(wanted: string, entries: readonly RuleEntry[]): RuleEntry {
  const found = entries.find(({ id }) => id === wanted);
  if (found !== undefined) return found;
  const meant = didYouMean(
    wanted,
    entries.map(({ id }) => id),
  );
  throw new UsageError(
    `there is no rule "${wanted}"`,
    `${meant === undefined ? '' : `Did you mean ${meant}? `}\`database-lead rules\` lists them`,
  );
}

function ofRule(rule: Rule): RuleEntry {
  const { id, level, category, engines, when, effect, remedy, examples, source } = rule;
  const { optIn = false, options = {}, optionDocs = {} } = rule;
  return { id, level, category, engines, optIn, when, effect, remedy, options, optionDocs, examples, source };
}

function ofCheck({ id, category, engines, message, remedy }: GeneralCheck): RuleEntry {
  const when = message.replace(/\.$/, '');
  const facts = { level: 'notice', optIn: false, options: {}, optionDocs: {}, examples: [] } as const;
  return { id: `${generalPrefix}${id}`, category, engines, when, remedy, ...facts };
}
