import type { Change, Statement } from '../change.ts';
import type { Finding, Level } from '../finding.ts';
import type { FileVerdict, Rule, Verdict } from '../rule.ts';
import { fixFor } from './templated.ts';

/** Where the page of a rule stands in the project. */
export function docsOf(rule: string): string {
  return `docs/rules/${rule}.md`;
}

/** A verdict as a finding. A replacement is of the whole statement, so the finding then spans the statement. */
export function findingOf(
  rule: Rule,
  level: Level,
  verdict: NonNullable<Verdict>,
  file: string,
  change: Change,
  statement: Statement,
): Finding {
  const { id, category, remedy } = rule;
  const said = typeof verdict === 'string' ? { message: verdict } : verdict;
  const { message } = said;
  // A replacement is made for a statement that stands alone, not for the block or function around it.
  const fix = change.inBlock === true || change.within !== undefined ? undefined : fixFor(statement.sql, said.fix);
  const { span } = fix === undefined ? change : statement;
  const facts = { message, remedy: `${remedy}.`, ...(fix === undefined ? {} : { fix }), docs: docsOf(id) };
  return { rule: id, level, category, file, ...span, ...facts };
}

/** What a rule says of a file as a whole, as a finding. */
export function fileFindingOf(rule: Rule, level: Level, { message, span }: FileVerdict, file: string): Finding {
  const { id, category, remedy } = rule;
  return { rule: id, level, category, file, ...span, message, remedy: `${remedy}.`, docs: docsOf(id) };
}

/** By file, then by place, then by rule; one statement says the same thing of one place only once. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const unique = new Map(
    findings.map((finding) => {
      const { rule, file, line, column, message } = finding;
      return [JSON.stringify([file, line, column, rule, message]), finding];
    }),
  );
  return [...unique.values()].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
