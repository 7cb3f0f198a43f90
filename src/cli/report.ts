import packageJson from '../../package.json' with { type: 'json' };
import type { Finding, LintError, LintReport } from '../sql/finding.ts';
import type { Migration } from '../sql/history/history.ts';
import { type LintOptions, lint } from '../sql/lint.ts';
import { loadParsers } from '../sql/parsers/index.ts';

export type ReportOptions = Omit<LintOptions, 'deployedApart'>;

/**
 * Holds migrations against the rules, each file as a deployment of its own, in the order given.
 * `errors` is what could not be read before; those come first.
 */
export async function lintReport(
  migrations: readonly Migration[],
  options: ReportOptions,
  errors: readonly LintError[] = [],
): Promise<LintReport> {
  await loadParsers();
  const { tool, version, files, statements, suppressed, ...found } = lint(migrations, {
    ...options,
    deployedApart: true,
  });
  return {
    tool,
    version,
    files,
    statements,
    findings: inOrder(found.findings, migrations).map(linked),
    suppressed: suppressed.map(({ finding, reason }) => ({ finding: linked(finding), reason })),
    errors: [...errors, ...found.errors].map(shortened),
  };
}

/** An error quotes the word at which it stopped, which can be a file of megabytes. */
function shortened(error: LintError): LintError {
  const { message } = error;
  return message.length > 500 ? { ...error, message: `${message.slice(0, 500)}\u2026` } : error;
}

/** By the order in which the files run, then by place, then by rule. */
function inOrder(findings: readonly Finding[], migrations: readonly Migration[]): readonly Finding[] {
  const position = new Map(migrations.map(({ file }, index) => [file, index]));
  const at = ({ file }: Finding) => position.get(file) ?? 0;
  return findings.toSorted(
    (a, b) =>
      at(a) - at(b) || a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
}

const project = packageJson.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');

/** Outside the project its own path leads nowhere. */
export function linked(finding: Finding): Finding {
  const { docs } = finding;
  return docs.startsWith('https://') ? finding : { ...finding, docs: `${project}/blob/main/${docs}` };
}
