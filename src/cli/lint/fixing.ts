import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { messageOf } from '../../kernel/errors.ts';
import { type LintReport, levels } from '../../sql/finding.ts';
import { type FixOutcome, fixAll } from '../../sql/lint/fix.ts';
import { standardInput } from '../inputs/text.ts';
import { print, printable, printExactly, remark } from '../output.ts';
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
  const isInput = (file: string) => file === inputName && request.paths.includes(standardInput.path);
  const changed = [...outcome.texts].filter(([file, text]) => first.texts.get(file) !== text);
  if (request.fix === 'show') {
    await print(await diffOf(changed, first.texts));
    if (!request.quiet) say(outcome, 'would fix');
    return { ...first, report: outcome.report, texts: outcome.texts };
  }

  const unwritten = changed.flatMap(([file, text]) => {
    const problem = isInput(file) ? undefined : write(file, first.texts.get(file) ?? '', text);
    return problem === undefined ? [] : [{ file, line: 1, column: 1, message: `the file ${problem}` }];
  });
  const input = request.paths.includes(standardInput.path) ? outcome.texts.get(inputName) : undefined;
  // As it went in: without a line end that it did not have.
  if (input !== undefined) await printExactly(input);
  const isWritten = ({ file }: { readonly file: string }) => !unwritten.some((each) => each.file === file);
  if (!request.quiet) say({ ...outcome, applied: outcome.applied.filter(isWritten) }, 'fixed');
  if (unwritten.length === 0) return { ...first, report: outcome.report, texts: outcome.texts };

  // What is left to say of a file is said of what stands in it.
  const texts = new Map(
    [...outcome.texts].map(([file, text]) => [file, isWritten({ file }) ? text : (first.texts.get(file) ?? '')]),
  );
  const { report } = await lintJobs(jobs, request, texts);
  return { ...first, report: { ...report, errors: [...unwritten, ...report.errors] }, texts };
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
 * order mark and the file's mode, as root its owner too, and follows a link. Returns why it could not be, with the remedy.
 */
function write(file: string, before: string, text: string): string | undefined {
  try {
    const target = realpathSync(file);
    const current = readFileSync(target, 'utf8');
    const mark = current.startsWith('\uFEFF') ? '\uFEFF' : '';
    if (current.slice(mark.length) !== before) return 'was changed meanwhile and left as it is: run the command again';
    const stats = statSync(target);
    // Its directory alone decides whether another may take its place, but who made it read-only meant it.
    if ((stats.mode & 0o222) === 0) return 'is read-only and left as it is: make it writable, or use --dry-run';
    accessSync(target, constants.W_OK);
    replace(target, mark + text, stats);
    return undefined;
  } catch (error) {
    return `could not be written: ${messageOf(error)}`;
  }
}

function replace(target: string, text: string, { mode, uid, gid }: Stats): void {
  const temporary = `${target}.${process.pid}.tmp`;
  // Nothing that lies there already, such as a link to elsewhere, is written to.
  writeFileSync(temporary, text, { flag: 'wx' });
  try {
    if (process.getuid?.() === 0) chownSync(temporary, uid, gid);
    chmodSync(temporary, mode);
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { force: true });
  }
}
