import { type Level, levels } from '../finding.ts';
import { generalRuleIds } from '../general/index.ts';
import type { OptionValue, Rule, RuleOptions } from '../rule.ts';
import { rules as ownRules } from '../rules/index.ts';
import type { RuleSettings } from './levels.ts';
import { wrongWithPattern } from './pattern.ts';

/** What may be said of a rule: its level, or its options and, beside them, its level. */
export type RuleSetting = 'off' | Level | (RuleOptions & { readonly level?: 'off' | Level });

/** What is wrong with what was said of a rule. */
export interface SettingProblem {
  /** The rule's id, then the option's name where it is about one. */
  readonly path: readonly [id: string, option?: string];
  readonly value: unknown;
  /** What may stand there. */
  readonly allowed: string;
  /** The names that could have been meant, where a name is not known. */
  readonly known?: readonly string[];
}

export interface ReadSettings {
  readonly settings: Required<RuleSettings>;
  readonly problems: readonly SettingProblem[];
}

const ruleLevels = ['off', ...levels] as const;
const levelsAllowed = 'off, error, warning or notice';

/**
 * Reads what somebody says of rules, by their ids: `{ 'drop-table': 'off', naming: { table: '^[a-z_]+$' } }`. What is wrong is
 * left out and told. Options without a level switch on a rule that is a matter of taste, at its own level.
 */
export function readRuleSettings(
  given: Readonly<Record<string, unknown>>,
  all: readonly Rule[] = ownRules,
): ReadSettings {
  const rules: Record<string, 'off' | Level> = {};
  const ruleOptions: Record<string, RuleOptions> = {};
  const problems: SettingProblem[] = [];
  for (const [id, value] of Object.entries(given)) {
    const rule = all.find((each) => each.id === id);
    if (rule === undefined && !generalRuleIds.includes(id)) {
      const known = [...all.map((each) => each.id), ...generalRuleIds];
      problems.push({ path: [id], value: id, allowed: 'the id of a rule; `database-lead rules` lists them', known });
      continue;
    }
    const read = readSetting(id, rule, value);
    problems.push(...read.problems);
    if (read.level !== undefined) rules[id] = read.level;
    if (Object.keys(read.options).length > 0) ruleOptions[id] = read.options;
  }
  return { settings: { rules, ruleOptions }, problems };
}

interface ReadSetting {
  readonly level?: 'off' | Level;
  readonly options: RuleOptions;
  readonly problems: readonly SettingProblem[];
}

function readSetting(id: string, rule: Rule | undefined, value: unknown): ReadSetting {
  const { options: defaults = {}, patterns = [] } = rule ?? {};
  if (!isMapping(value)) {
    const level = levelIn(value);
    if (level !== undefined) return { level, options: {}, problems: [] };
    return { options: {}, problems: [{ path: [id], value, allowed: settingAllowed(defaults) }] };
  }

  const options: Record<string, OptionValue> = {};
  const problems: SettingProblem[] = [];
  const known = ['level', ...Object.keys(defaults)];
  for (const [name, each] of Object.entries(value)) {
    const fallback = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    if (name === 'level') {
      if (levelIn(each) === undefined) problems.push({ path: [id, name], value: each, allowed: levelsAllowed });
    } else if (fallback === undefined) {
      problems.push({ path: [id, name], value: name, allowed: known.join(', '), known });
    } else {
      const allowed = wrongAbout(each, fallback, patterns.includes(name));
      if (allowed !== undefined) problems.push({ path: [id, name], value: each, allowed });
      else options[name] = each as OptionValue;
    }
  }
  const isWanted = rule?.optIn === true && Object.keys(options).length > 0;
  const level = levelIn(value.level) ?? (isWanted ? rule?.level : undefined);
  return { ...(level === undefined ? {} : { level }), options, problems };
}

function settingAllowed(defaults: RuleOptions): string {
  const names = Object.keys(defaults);
  return names.length === 0 ? levelsAllowed : `${levelsAllowed}, or a mapping with level, ${names.join(', ')}`;
}

/** What may stand there instead; `undefined`: the value is good. An option takes what its default is. */
function wrongAbout(value: unknown, fallback: OptionValue, isPattern: boolean): string | undefined {
  switch (typeof fallback) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? undefined : 'a number, 0 or more';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'true or false';
    case 'string':
      if (typeof value !== 'string') return isPattern ? 'a regular expression, as a text' : 'a text';
      return isPattern ? wrongWithPattern(value) : undefined;
    default:
      return wrongWithList(value, isPattern);
  }
}

function wrongWithList(value: unknown, isPattern: boolean): string | undefined {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) return 'a list of texts';
  if (!isPattern) return undefined;
  return value.map(wrongWithPattern).find((wrong) => wrong !== undefined);
}

function levelIn(value: unknown): 'off' | Level | undefined {
  // YAML 1.1 reads `off` as false, and so do people.
  if (value === false) return 'off';
  return ruleLevels.find((level) => level === value);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
