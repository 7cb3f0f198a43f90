import { type LintReport, levels } from '../../sql/finding.ts';

/** More annotations of one level and step are dropped (documentation, "Usage limits for annotations": 10, and 50 a job). */
const shownPerLevel = 10;

/**
 * Workflow commands, which GitHub Actions turns into annotations (documentation, "Workflow commands for GitHub Actions"), the
 * gravest first, because only the first few are shown. `pathOf` names a file from the root of its repository.
 */
export function asWorkflowCommands({ findings, errors }: LintReport, pathOf: (file: string) => string): string {
  const sorted = findings.toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
  const commands = [
    ...errors.map(({ file, line, column, message }) =>
      command('error', { file: pathOf(file), line, col: column, title: 'not understood' }, message),
    ),
    ...sorted.map(({ level, file, line, endLine, column, endColumn, rule, message, remedy, docs }) =>
      command(
        level,
        // Columns are shown only for annotations of one line.
        { file: pathOf(file), line, endLine, ...(line === endLine ? { col: column, endColumn } : {}), title: rule },
        `${message} ${remedy} ${docs}`,
      ),
    ),
  ];
  const crowded = levels.filter(
    (level) => commands.filter((each) => each.startsWith(`::${level} `)).length > shownPerLevel,
  );
  const hint = `GitHub shows the first ${shownPerLevel} annotations of a level; all of them are above.`;
  return [...commands, ...(crowded.length === 0 ? [] : [hint])].join('\n');
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
