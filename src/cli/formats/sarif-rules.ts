import packageJson from '../../../package.json' with { type: 'json' };
import type { Category, Finding, Level } from '../../sql/finding.ts';
import { rules } from '../../sql/rules/index.ts';

export const sarifLevels: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  notice: 'note',
};

/** The words that code scanning sorts by (documentation, "SARIF support for code scanning", reportingDescriptor). */
const severities: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', notice: 'recommendation' };
/** A security rule needs a number: 7 and above are high, 4 and above medium. */
const securityScores: Readonly<Record<Level, string>> = { error: '8.0', warning: '5.0', notice: '2.0' };

/** The rules of findings, each once, in the order of their ids. */
export function reportingDescriptors(findings: readonly Finding[]) {
  const byRule = new Map(findings.map((finding) => [finding.rule, finding]));
  return [...byRule.values()].toSorted((a, b) => (a.rule < b.rule ? -1 : 1)).map(descriptor);
}

/** What is known of the rule; of a check that is not ours, what its finding says. */
function descriptor({ rule: id, level, category, message, remedy, docs }: Finding) {
  const rule = rules.find((each) => each.id === id);
  const when = rule === undefined ? message : `${rule.when}.`;
  const effect = rule === undefined ? '' : `${rule.effect}. `;
  return {
    id,
    name: id,
    shortDescription: { text: when },
    fullDescription: { text: `${effect}${remedy}` },
    help: {
      text: `${when} ${effect}Instead: ${remedy}`,
      markdown: `**${when}**\n\n${effect}\n\n**Instead:** ${remedy}\n\n[${id}](${docs})`,
    },
    helpUri: docs,
    defaultConfiguration: { level: sarifLevels[rule?.level ?? level] },
    properties: propertiesOf(category, rule?.level ?? level),
  };
}

function propertiesOf(category: Category, level: Level) {
  return {
    tags: [category, 'database', 'sql'],
    precision: 'high',
    'problem.severity': severities[level],
    ...(category === 'security' ? { 'security-severity': securityScores[level] } : {}),
  };
}

export const informationUri = packageJson.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
