import { unreachable } from '../../kernel/errors.ts';
import type { VerifyReport } from '../../planner/evidence.ts';
import { printable } from '../output.ts';

/** What an engine showed, for people. */
export function verifyText(report: VerifyReport): string {
  const { engine, engineVersion, applied, migrations, criteria, notExecuted } = report;
  if (notExecuted !== undefined) return printable(notExecuted);
  const lines = [
    ...migrations.map(migrationLine),
    ...failure(report),
    ...roundTrip(report),
    ...criteria.map(({ text, pass, observed }) => `${pass ? 'met' : 'not met'}: ${text} (${observed})`),
    `${engine} ${engineVersion}: ${applied} migration${applied === 1 ? '' : 's'} applied`,
  ];
  return printable(lines.join('\n'));
}

function migrationLine({ file, ms, locks, rewrites, error }: VerifyReport['migrations'][number]): string {
  const held =
    locks.length === 0 ? '' : `; locks ${locks.map(({ mode, relation }) => `${relation} (${mode})`).join(', ')}`;
  const rewritten = rewrites.length === 0 ? '' : `; rewrites ${rewrites.join(', ')}`;
  return `${error === null ? 'ran' : 'failed'}: ${file} (${ms ?? '?'} ms${held}${rewritten})`;
}

function failure({ failed }: VerifyReport): readonly string[] {
  if (failed === null) return [];
  const { file, line, message, code, statement, inBase } = failed;
  const quoted = statement === '' ? [] : [statement.replace(/^/gm, '  | ')];
  return [`${file}:${line}: ${message} (${code})${inBase ? ', in the base' : ''}`, ...quoted];
}

function roundTrip({ failed, roundTrip: { down, differences } }: VerifyReport): readonly string[] {
  if (failed !== null) return [];
  const details = differences.map((difference) => `  ${difference}`);
  switch (down) {
    case 'ok':
      return [differences.length === 0 ? 'down and up again: ok' : 'down and up again: not where it began', ...details];
    case 'failed':
      return ['down and up again: failed', ...details];
    case 'none':
      return ['down and up again: not tried, for want of a way back', ...details];
    default:
      return unreachable(down);
  }
}
