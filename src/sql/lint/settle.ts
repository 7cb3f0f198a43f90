import type { Statement } from '../change.ts';
import type { Engine } from '../engine.ts';
import type { Finding, Suppressed } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { rules } from '../rules/index.ts';
import { ignoreComment } from '../rules/standards/ignore-comment.ts';
import { unusedIgnore } from '../rules/standards/unused-ignore.ts';
import type { Span } from '../span.ts';
import { docsOf } from './findings.ts';
import type { Knowledge } from './knowledge.ts';
import { isOn, type RuleSettings } from './levels.ts';
import type { Suppression } from './suppressions.ts';

/** Names of the general checks, which are told apart from our rules by it. */
export const generalPrefix = 'sql-lint/';

const saidOnce = new Set(rules.filter(({ oncePerFile }) => oncePerFile === true).map(({ id }) => id));
const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** What a file's comments are settled against. */
export interface Settling {
  readonly file: string;
  readonly engine: Engine;
  readonly known: Knowledge;
  readonly settings: RuleSettings;
}

/**
 * Parts a file's findings, by the statement each stands for, into those that stand and those that its author suppressed with a
 * reason. A suppression without a reason, of a rule that does not exist, or of what nobody says, is itself said.
 */
export function settle(
  settling: Settling,
  suppressions: readonly Suppression[],
  raised: ReadonlyMap<Statement | undefined, readonly Finding[]>,
): { readonly findings: readonly Finding[]; readonly suppressed: readonly Suppressed[] } {
  const findings: Finding[] = [];
  const suppressed: Suppressed[] = [];
  const said = new Set<string>();
  const used = new Set<string>();
  for (const [statement, found] of raised) {
    for (const finding of found) {
      const suppression = suppressionOf(finding, statement, suppressions);
      if (suppression !== undefined) {
        suppressed.push({ finding, reason: suppression.reason ?? '' });
        used.add(useOf(suppression, finding.rule));
      } else {
        if (!(saidOnce.has(finding.rule) && said.has(finding.rule))) findings.push(finding);
        said.add(finding.rule);
      }
    }
  }
  for (const suppression of suppressions) {
    findings.push(...complaints(suppression, settling), ...unused(suppression, used, settling));
  }
  return { findings, suppressed };
}

function suppressionOf(
  finding: Finding,
  statement: Statement | undefined,
  suppressions: readonly Suppression[],
): Suppression | undefined {
  return suppressions.find(
    ({ rules: named, reason, target }) =>
      reason !== undefined &&
      (target === 'file' || (target === statement && statement !== undefined)) &&
      (named === 'all' || named.includes(finding.rule)),
  );
}

function useOf({ span }: Suppression, rule: string): string {
  return `${span.line}:${span.column} ${rule}`;
}

function complaints({ rules: named, reason, span, isOwn }: Suppression, settling: Settling): readonly Finding[] {
  if (!isOwn) return [];
  const unknown = named === 'all' ? [] : named.filter((name) => !byId.has(name) && !name.startsWith(generalPrefix));
  return [
    ...(reason === undefined ? ['This comment gives no reason, so it suppresses nothing.'] : []),
    ...unknown.map((name) => `There is no rule \`${name}\`, so this comment does not suppress it.`),
  ].flatMap((message) => say(ignoreComment, message, span, settling));
}

function unused(suppression: Suppression, used: ReadonlySet<string>, settling: Settling): readonly Finding[] {
  const { rules: named, reason, span, isOwn } = suppression;
  // A peer's comment may be for the peer, which says more than we do.
  if (!isOwn || reason === undefined || named === 'all') return [];
  return named
    .filter((name) => !used.has(useOf(suppression, name)) && couldSpeak(name, settling))
    .flatMap((name) =>
      say(unusedIgnore, `\`${name}\` says nothing here that this comment would suppress.`, span, settling),
    );
}

/** Whether a rule's silence in this run tells that it has nothing to say. */
function couldSpeak(name: string, { engine, known, settings }: Settling): boolean {
  const rule = byId.get(name);
  if (rule === undefined || !rule.engines.includes(engine) || !isOn(rule, settings)) return false;
  // These look at what else exists, which another run may know.
  const looksAround = 'checkFile' in rule || rule.category === 'correctness' || rule.category === 'performance';
  return !looksAround || known === 'likely' || known === 'sure';
}

function say(rule: Rule, message: string, span: Span, { file, settings }: Settling): readonly Finding[] {
  const { id, category, remedy } = rule;
  const level = settings.rules?.[id] ?? rule.level;
  if (level === 'off') return [];
  return [{ rule: id, level, category, file, ...span, message, remedy: `${remedy}.`, docs: docsOf(id) }];
}
