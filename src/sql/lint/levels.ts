import type { Catalog } from '../catalog.ts';
import type { Change } from '../change.ts';
import { ownerOf } from '../facts/locks/index.ts';
import type { Level } from '../finding.ts';
import type { ObjectName } from '../name.ts';
import type { Rule, RuleOptions } from '../rule.ts';

/** What the configuration says of rules: another level, or none of it; and the options of those that have some. */
export interface RuleSettings {
  readonly rules?: Readonly<Record<string, 'off' | Level>>;
  readonly ruleOptions?: Readonly<Record<string, RuleOptions>>;
}

/** A table of so many rows is locked, scanned or rewritten in a moment. */
const smallTable = 10_000;

/** Whether a rule speaks at all. */
export function isOn(rule: Rule, { rules = {} }: RuleSettings): boolean {
  const level = rules[rule.id];
  return level === undefined ? rule.optIn !== true : level !== 'off';
}

/**
 * The level of a finding: the configured one; else a notice where the table is known to be so small that nobody will feel it;
 * else what the verdict says of this case; else the rule's own.
 */
export function levelOf(rule: Rule, { rules = {} }: RuleSettings, rows?: number, ofCase?: Level): Level {
  const level = rules[rule.id];
  if (level !== undefined && level !== 'off') return level;
  const isSized = rule.sized ?? rule.category === 'locking';
  return isSized && rows !== undefined && rows <= smallTable ? 'notice' : (ofCase ?? rule.level);
}

/** A rule's options: its defaults, with what the configuration says over them. */
export function optionsOf(rule: Rule, { ruleOptions = {} }: RuleSettings): RuleOptions {
  return { ...rule.options, ...ruleOptions[rule.id] };
}

/** The table whose rows decide how long a change takes, where it is about one. */
export function subjectOf(change: Change, catalog: Catalog): ObjectName | undefined {
  switch (change.kind) {
    case 'create-index':
      return change.index.table;
    case 'drop-index':
      return change.table ?? ownerOf(change.index, catalog)?.name;
    case 'maintain':
      return change.index === undefined ? change.table : ownerOf(change.index, catalog)?.name;
    case 'attach-partition':
      return change.partition;
    default:
      return 'table' in change ? change.table : undefined;
  }
}
