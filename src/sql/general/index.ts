import { categorise, tokenise } from 'sql-lint/dist/src/lexer/lexer.js';
import { Line } from 'sql-lint/dist/src/reader/line.js';
import { Query } from 'sql-lint/dist/src/reader/query.js';
import type { Statement } from '../change.ts';
import type { Engine } from '../engine.ts';
import type { Finding, Level } from '../finding.ts';
import { generalPrefix } from '../lint/settle.ts';
import { type Suppression, suppressionsIn } from '../lint/suppressions.ts';
import { parse } from '../parsers/index.ts';
import { positionsIn } from '../positions.ts';
import type { Span } from '../span.ts';
import { type GeneralCheck, generalChecks, type Range } from './checks.ts';

/** Ids of the general checks, as the configuration names them. */
export const generalRuleIds: readonly string[] = generalChecks.map(ruleId);

/** Larger statements are rows rather than somebody's writing. */
const MAX_LENGTH = 100_000;

/**
 * What sql-lint's checks say beside our own rules, as notices. Its reader is not used: it loses a last statement without a
 * semicolon, miscounts lines behind comments, and prints to standard output. No check that would open a connection is run.
 * The engine's parser must have been loaded. Ignore comments count as they do for rules.
 */
export function generalFindings(
  files: readonly { readonly file: string; readonly sql: string }[],
  engine: Engine,
  levels: Readonly<Record<string, 'off' | Level>> = {},
): readonly Finding[] {
  const checks = generalChecks.filter((check) => check.engines.includes(engine) && levels[ruleId(check)] !== 'off');
  return files.flatMap(({ file, sql }) => {
    const { statements } = parse(sql, engine);
    const suppressions = suppressionsIn(sql, statements);
    return statements.flatMap((statement) =>
      checks.flatMap((check) => {
        const range = rangeOf(check, statement);
        if (range === undefined || isSuppressed(check, statement, suppressions)) return [];
        return [findingOf(check, placeOf(statement, range), file, levels)];
      }),
    );
  });
}

function ruleId({ id }: GeneralCheck): string {
  return `${generalPrefix}${id}`;
}

/** As for our own rules: a comment that names the check and gives a reason. */
function isSuppressed(check: GeneralCheck, statement: Statement, suppressions: readonly Suppression[]): boolean {
  return suppressions.some(
    ({ rules, reason, statement: target }) =>
      reason !== undefined &&
      (target === undefined || target === statement) &&
      (rules === 'all' || rules.includes(ruleId(check))),
  );
}

/** Where the check fires and rightly so. */
function rangeOf({ make, confirm }: GeneralCheck, { sql }: Statement): Range | undefined {
  if (sql.length > MAX_LENGTH) return undefined;
  try {
    const check = make();
    if (!check.appliesTo.includes(categorise(sql))) return undefined;
    return check.check(tokenise(queryOf(sql))).content === '' ? undefined : confirm(sql);
  } catch {
    // sql-lint throws on texts that it cannot sort; what it would have said is a notice, and no reason to fail.
    return undefined;
  }
}

/** A statement as sql-lint holds it. */
function queryOf(sql: string): Query {
  const query = new Query();
  query.lines.push(...sql.split('\n').map((line, index) => new Line(line.replace(/\r$/, ''), index + 1)));
  return query;
}

function placeOf({ sql, span }: Statement, { start, end }: Range): Span {
  const { line, column, endLine, endColumn } = positionsIn(sql).span(start, end);
  return {
    line: span.line + line - 1,
    column: line === 1 ? span.column + column - 1 : column,
    endLine: span.line + endLine - 1,
    endColumn: endLine === 1 ? span.column + endColumn - 1 : endColumn,
  };
}

function findingOf(
  check: GeneralCheck,
  place: Span,
  file: string,
  levels: Readonly<Record<string, 'off' | Level>>,
): Finding {
  const level = levels[ruleId(check)];
  return {
    rule: ruleId(check),
    level: level === undefined || level === 'off' ? 'notice' : level,
    category: check.category,
    file,
    ...place,
    message: check.message,
    remedy: `${check.remedy}.`,
    docs: 'https://sql-lint.readthedocs.io/en/latest/files/checks.html',
  };
}
