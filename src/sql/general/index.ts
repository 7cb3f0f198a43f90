import type { Statement } from '../change.ts';
import type { Engine } from '../engine.ts';
import type { Finding, Level } from '../finding.ts';
import type { RuleSettings } from '../lint/levels.ts';
import { generalPrefix } from '../lint/settle.ts';
import { partOf } from '../positions.ts';
import type { Span } from '../span.ts';
import { type GeneralCheck, generalChecks, type Range } from './checks.ts';
import { sqlLint } from './library.ts';

/** Ids of the general checks, as the configuration names them. */
export const generalRuleIds: readonly string[] = generalChecks.map(ruleId);

/** Larger statements are rows rather than somebody's writing. */
const MAX_LENGTH = 100_000;

/** A general check that is on. */
export interface ReadyCheck {
  readonly check: GeneralCheck;
  readonly level: Level;
}

/** The checks for an engine, as notices unless the configuration says otherwise. */
export function generalChecksFor(engine: Engine, { rules = {} }: RuleSettings): readonly ReadyCheck[] {
  return generalChecks.flatMap((check) => {
    const level = rules[ruleId(check)] ?? 'notice';
    return check.engines.includes(engine) && level !== 'off' ? [{ check, level }] : [];
  });
}

/**
 * What sql-lint's checks say of a statement beside our own rules. Its reader is not used: it loses a last statement without
 * a semicolon, miscounts lines behind comments, and prints to standard output. No check that would open a connection is run.
 */
export function generalFindings(checks: readonly ReadyCheck[], statement: Statement, file: string): readonly Finding[] {
  if (statement.sql.length > MAX_LENGTH) return [];
  return checks.flatMap(({ check, level }) => {
    const range = check.confirm(statement.sql);
    if (range === undefined || !isSaid(check, statement.sql)) return [];
    return [findingOf(check, level, placeOf(statement, range), file)];
  });
}

function ruleId({ id }: GeneralCheck): string {
  return `${generalPrefix}${id}`;
}

/** Whether sql-lint says so too. */
function isSaid({ name }: GeneralCheck, sql: string): boolean {
  const { makeCheck, makeQuery, categorise, tokenise } = sqlLint();
  try {
    const check = makeCheck(name);
    const lines = sql.split('\n').map((line) => line.replace(/\r$/, ''));
    return check.appliesTo.includes(categorise(sql)) && check.check(tokenise(makeQuery(lines))).content !== '';
  } catch {
    // sql-lint throws on texts that it cannot sort; what it would have said is a notice, and no reason to fail.
    return false;
  }
}

function placeOf({ sql, span }: Statement, { start, end }: Range): Span {
  return partOf(sql, span, start, end);
}

function findingOf(check: GeneralCheck, level: Level, place: Span, file: string): Finding {
  return {
    rule: ruleId(check),
    level,
    category: check.category,
    file,
    ...place,
    message: check.message,
    remedy: `${check.remedy}.`,
    docs: 'https://sql-lint.readthedocs.io/en/latest/files/checks.html',
  };
}
