import type { LintReport } from '../../sql/finding.ts';

/** Workflow commands, which GitHub Actions turns into annotations (documentation, "Workflow commands for GitHub Actions"). */
export function asWorkflowCommands({ findings, errors }: LintReport): string {
  return [
    ...errors.map(({ file, line, column, message }) =>
      command('error', { file, line, col: column, title: 'not understood' }, message),
    ),
    ...findings.map(({ level, file, line, endLine, column, endColumn, rule, message, remedy }) =>
      command(
        level,
        // Columns are shown only for annotations of one line.
        { file, line, endLine, ...(line === endLine ? { col: column, endColumn } : {}), title: rule },
        `${message} ${remedy}`,
      ),
    ),
  ].join('\n');
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
