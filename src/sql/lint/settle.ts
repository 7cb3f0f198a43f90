import type { Statement } from '../change.ts';
import type { Finding, Level, Suppressed } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { rules } from '../rules/index.ts';
import { ignoreComment } from '../rules/standards/ignore-comment.ts';
import { docsOf } from './findings.ts';
import type { Suppression } from './suppressions.ts';

/** Names of the general checks, which run apart from the rules: `generalFindings` obeys comments on those. */
export const generalPrefix = 'sql-lint/';

const saidOnce = new Set(rules.filter(({ oncePerFile }) => oncePerFile === true).map(({ id }) => id));

/**
 * Parts a file's findings, by the statement each stands for, into those that stand and those that its author suppressed with a reason. A suppression without a
 * reason, or of a rule that does not exist, suppresses nothing and is itself said.
 */
export function settle(
  file: string,
  suppressions: readonly Suppression[],
  raised: ReadonlyMap<Statement | undefined, readonly Finding[]>,
  levels: Readonly<Record<string, 'off' | Level>>,
): { readonly findings: readonly Finding[]; readonly suppressed: readonly Suppressed[] } {
  const findings: Finding[] = [];
  const suppressed: Suppressed[] = [];
  const said = new Set<string>();
  for (const [statement, found] of raised) {
    for (const finding of found) {
      const reason = reasonFor(finding, statement, suppressions);
      if (reason !== undefined) suppressed.push({ finding, reason });
      else if (!(saidOnce.has(finding.rule) && said.has(finding.rule))) findings.push(finding);
      if (reason === undefined) said.add(finding.rule);
    }
  }
  const level = levels[ignoreComment.id] ?? ignoreComment.level;
  if (level !== 'off') findings.push(...suppressions.flatMap((each) => complaints(each, file, level)));
  return { findings, suppressed };
}

function reasonFor(
  finding: Finding,
  statement: Statement | undefined,
  suppressions: readonly Suppression[],
): string | undefined {
  return suppressions.find(
    ({ rules: named, reason, statement: target }) =>
      reason !== undefined &&
      (target === undefined || target === statement) &&
      (named === 'all' || named.includes(finding.rule)),
  )?.reason;
}

function complaints({ rules: named, reason, span }: Suppression, file: string, level: Level): readonly Finding[] {
  const { id, category, remedy }: Rule = ignoreComment;
  const say = (message: string): Finding => ({
    rule: id,
    level,
    category,
    file,
    ...span,
    message,
    remedy: `${remedy}.`,
    docs: docsOf(id),
  });
  const known = new Set(rules.map((rule) => rule.id));
  const unknown = named === 'all' ? [] : named.filter((name) => !known.has(name) && !name.startsWith(generalPrefix));
  return [
    ...(reason === undefined ? [say('This comment gives no reason, so it suppresses nothing.')] : []),
    ...unknown.map((name) => say(`There is no rule \`${name}\`, so this comment does not suppress it.`)),
  ];
}
