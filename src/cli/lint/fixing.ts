import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { messageOf } from '../../kernel/errors.ts';
import { type LintReport, levels } from '../../sql/finding.ts';
import { type FixOutcome, fixAll } from '../../sql/lint/fix.ts';
import { standardInput } from '../inputs/text.ts';
import { print, printable, printExactly, remark } from '../output.ts';
import { UsageError } from '../usage.ts';
import type { Job } from './jobs.ts';
import type { LintRequest } from './request.ts';
import { type Linted, lintJobs } from './run.ts';

/**
 * Fixes what can be fixed: in the files, or, where it is only to be shown, as a diff on standard output; standard input is
 * printed fixed. Returns what is left to say of the fixed texts.
 */
export async function fixJobs(jobs: readonly Job[], request: LintRequest, first: Linted): Promise<Linted> {
  const outcome = await fixAll(first.texts, fixable(first.report, request), async (texts) =>
    fixable((await lintJobs(jobs, request, texts)).report, request),
  );
  const inputName = request.inputName ?? standardInput.name;
  const changed = [...outcome.texts].filter(([file, text]) => first.texts.get(file) !== text);
  const files = changed.filter(([file]) => file !== inputName || !request.paths.includes(standardInput.path));
  if (request.fix === 'show') await print(await diffOf(changed, first.texts));
  else {
    for (const [file, text] of files) write(file, first.texts.get(file) ?? '', text);
    const input = request.paths.includes(standardInput.path) ? outcome.texts.get(inputName) : undefined;
    // As it went in: without a line end that it did not have.
    if (input !== undefined) await printExactly(input);
  }
  if (!request.quiet) say(outcome, request.fix === 'show' ? 'would fix' : 'fixed');
  return { ...first, report: outcome.report, texts: outcome.texts };
}

/** Nobody wants to have fixed what was not to be shown. */
function fixable(report: LintReport, { minLevel }: LintRequest): LintReport {
  const shown = levels.slice(0, levels.indexOf(minLevel) + 1);
  const findings = report.findings.map(({ fix, ...finding }) =>
    fix === undefined || !shown.includes(finding.level) ? finding : { ...finding, fix },
  );
  return { ...report, findings };
}

function say({ applied, refused }: FixOutcome<unknown>, done: string): void {
  for (const { file, line, rule, fix } of applied) remark(`${done} ${file}:${line}: ${rule}: ${fix?.description}`);
  for (const { file, line, rule } of refused)
    remark(`did not fix ${file}:${line}: ${rule}: that would lead to something else`);
}

async function diffOf(
  changed: readonly (readonly [string, string])[],
  before: ReadonlyMap<string, string>,
): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const patches = changed.map(([file, text]) =>
    createTwoFilesPatch(`a/${file}`, `b/${file}`, before.get(file) ?? '', text, '', '', { context: 3 }).replace(
      /^={10,}\n/,
      '',
    ),
  );
  // For a program every byte counts; a terminal would obey some.
  return process.stdout.isTTY ? printable(patches.join('')) : patches.join('');
}

/**
 * Puts the text in place of the file's in one step, so that a crash leaves the old or the new one, never half. Keeps a byte
 * order mark and the file's mode, and follows a link. Throws {@link UsageError} where the file cannot be written, or is not
 * any more what was read.
 */
function write(file: string, before: string, text: string): void {
  try {
    const target = realpathSync(file);
    const current = readFileSync(target, 'utf8');
    const mark = current.startsWith('\uFEFF') ? '\uFEFF' : '';
    if (current.slice(mark.length) !== before)
      throw new UsageError(`${file} was changed meanwhile`, 'It was left as it is; run the command again');
    replace(target, mark + text);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`cannot write ${file}: ${messageOf(error)}`, 'Make the file writable, or use --dry-run');
  }
}

function replace(target: string, text: string): void {
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    chmodSync(temporary, statSync(target).mode);
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
}
