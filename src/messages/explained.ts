import packageJson from '../../package.json' with { type: 'json' };
import type { Finding } from '../sql/finding.ts';
import type { RuleExample } from '../sql/rule.ts';
import { rules } from '../sql/rules/index.ts';
import { codeSpan, escapeInline, fence, fitBody } from './escape.ts';
import { sentence } from './sentence.ts';
import { bullets, counted, details, inWords, mention, paragraphs } from './words.ts';

const pages = `${packageJson.repository.url.replace(/^git\+/, '').replace(/\.git$/, '')}/blob/main/`;

/** A migration that an engine refused. */
export interface Failure {
  readonly database: string;
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly statement: string;
  readonly message: string;
  readonly inBase: boolean;
}

/** Every finding at length, rule by rule, and what an engine said of the statement that failed. */
export function findingsExplained({
  findings,
  failures,
}: {
  readonly findings: readonly Finding[];
  readonly failures: readonly Failure[];
}): string {
  if (findings.length === 0 && failures.length === 0)
    return 'There is nothing to explain: no rule has anything to say, and no migration failed.';
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  return fitBody([
    { priority: 0, text: '## Explained' },
    ...failures.map((failure) => ({ priority: 1, text: failed(failure) })),
    ...[...byRule].map(([rule, of], index) => ({ priority: index + 2, text: ruleSection(rule, of) })),
  ]);
}

function failed({ database, file, line, code, statement, message, inBase }: Failure): string {
  return paragraphs(
    `### ${codeSpan(file)} fails on ${codeSpan(database)}`,
    `${inBase ? 'This migration is of the base branch. ' : ''}The engine refuses the statement at line ${line} with ${codeSpan(code)}:`,
    fence(statement, 'sql'),
    fence(message, 'text'),
  );
}

function ruleSection(id: string, findings: readonly Finding[]): string {
  const rule = rules.find((each) => each.id === id);
  const [first] = findings;
  const example = rule?.examples.find(({ good }) => typeof good === 'string');
  return paragraphs(
    `### ${codeSpan(id)}`,
    bullets(findings.map(({ file, line, message }) => `${codeSpan(file)} line ${line}: ${sentence(message)}`)),
    rule !== undefined && `**Why:** ${rule.when}. ${rule.effect}.`,
    first !== undefined && first.remedy !== '' && `**Instead:** ${sentence(first.remedy.replace(/\.$/, ''))}.`,
    example !== undefined && details('An example', shown(example)),
    first !== undefined && first.docs !== '' && `[More about ${escapeInline(id)}](${pages}${first.docs})`,
  );
}

function shown({ given, bad, good }: RuleExample): string {
  return paragraphs(
    given !== undefined && paragraphs('Given', fence(given, 'sql')),
    paragraphs('Instead of', fence(bad, 'sql')),
    typeof good === 'string' && paragraphs('write', fence(good, 'sql')),
  );
}

/** How a finding is accepted: the very command for each rule, to be copied into a comment. */
export function ignoring(by: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return `${mention(by)}, there is no finding to ignore.`;
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  return fitBody([
    {
      priority: 0,
      text: `${mention(by)}, to accept what ${inWords([...byRule].map(([rule, of]) => `${codeSpan(rule)} (${counted(of.length, 'finding')})`))} says, write a comment with its command here, and say why in place of \`REASON\`:`,
    },
    ...[...byRule].map(([rule, of], index) => ({
      priority: index + 1,
      text: paragraphs(
        bullets(of.map(({ file, line, message }) => `${codeSpan(file)} line ${line}: ${sentence(message)}`)),
        fence(`/db ignore ${rule} because REASON`, 'text'),
      ),
    })),
  ]);
}

/** Why a commit was not looked at. */
export function notLookedAt(reason: string): string {
  return paragraphs(
    'This commit could not be looked at, several times over, so nothing is known about its migrations.',
    `${escapeInline(reason.replace(/\.$/, ''))}.`,
    'It is tried again from time to time. **Re-run** tries it at once.',
  );
}
