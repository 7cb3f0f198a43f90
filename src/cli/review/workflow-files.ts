import { appendFileSync } from 'node:fs';
import { messageOf } from '../../kernel/errors.ts';
import { codeSpan, escapeInline, tableCell } from '../../messages/escape.ts';
import * as messages from '../../messages/index.ts';
import { remark } from '../output.ts';
import type { ReviewOutcome } from './outcome.ts';
import type { Target } from './target.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** More rows help nobody; a summary may have 1 MiB (documentation, "Workflow commands", job summaries). */
const mostRows = 200;

/** Writes what a workflow's step leaves behind, where it runs in one: its outputs, and its part of the job's summary. */
export function leaveForWorkflow(env: Environment, outcome: ReviewOutcome, target: Target): void {
  const { conclusion, report, blocking } = outcome;
  append(env.GITHUB_OUTPUT, `conclusion=${conclusion}\nfindings=${report.findings.length}\nblocking=${blocking}\n`);
  append(env.GITHUB_STEP_SUMMARY, `${summary(outcome, target)}\n`);
}

function append(path: string | undefined, text: string): void {
  if (path === undefined || path === '') return;
  try {
    appendFileSync(path, text);
  } catch (error) {
    remark(`${path} cannot be written: ${messageOf(error)}`);
  }
}

function summary({ conclusion, title, report, verifications, unread }: ReviewOutcome, { owner, repo, number }: Target) {
  const rows = report.findings
    .slice(0, mostRows)
    .map(({ level, rule, file, line, message }) =>
      row([level, codeSpan(rule), `${codeSpan(file)} ${line}`, tableCell(message)]),
    );
  const more = report.findings.length - rows.length;
  return [
    `### database-lead: ${codeSpan(`${owner}/${repo}#${number}`)}`,
    `**${conclusion}**: ${escapeInline(title)}`,
    ...(rows.length === 0
      ? []
      : [[row(['level', 'rule', 'where', 'what']), '| --- | --- | --- | --- |', ...rows].join('\n')]),
    ...(more > 0 ? [`And ${more} more.`] : []),
    ...report.errors.map(
      ({ file, line, message }) => `Not understood: ${codeSpan(file)} line ${line}: ${escapeInline(message)}`,
    ),
    ...unread.map(({ path, why }) => `Not looked at: ${codeSpan(path)}: ${escapeInline(why)}`),
    ...(verifications.length === 0
      ? []
      : [
          messages.verification({
            databases: verifications.map(({ database, report }) => ({ name: database, report })),
            tasks: [],
          }),
        ]),
  ].join('\n\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
