import { unreachable } from '../kernel/errors.ts';
import { type LintReport, levels } from '../sql/finding.ts';
import { loadParsers } from '../sql/parsers/index.ts';
import { paintFor } from './formats/paint.ts';
import { asText } from './formats/text.ts';
import { parseLean } from './lean.ts';
import { jobsOf } from './lint/jobs.ts';
import { type LintRequest, readRequest } from './lint/request.ts';
import { type Linted, lintJobs, sayConfigured } from './lint/run.ts';
import { print, remark } from './output.ts';

/**
 * `database-lead lint`: holds SQL files against the rules. 0: nothing blocks, 1: something does, 2: something could not be read
 * or understood, whatever else was found.
 */
export async function lintCommand(args: readonly string[], usage: string): Promise<number> {
  const request = readRequest(args, usage);
  parseLean();
  const parsers = loadParsers();
  const jobs = await jobsOf({ ...request, usage });
  if (!request.quiet) sayConfigured(jobs);
  await parsers;

  const first = await lintJobs(jobs, request);
  if (!request.quiet) for (const note of first.notes) remark(note);
  const found =
    request.fix === undefined ? first : await (await import('./lint/fixing.ts')).fixJobs(jobs, request, first);

  const shown = { ...found, report: from(found.report, request) };
  // What was asked for is on standard output already: a diff, or the fixed text of standard input.
  const isTaken = request.fix === 'show' || (request.fix !== undefined && request.paths.includes('-'));
  const text = await render(shown, request, isTaken ? process.stderr : process.stdout);
  if (isTaken) process.stderr.write(`${text}\n`);
  else await print(text);
  return exitCode(found.report);
}

function exitCode({ errors, findings }: LintReport): number {
  if (errors.length > 0) {
    const files = [...new Set(errors.map(({ file }) => file))];
    remark(`not everything could be read: ${files.slice(0, 5).join(', ')}${files.length > 5 ? ', ...' : ''}`);
    return 2;
  }
  return findings.some(({ level }) => level === 'error') ? 1 : 0;
}

/** The report without what is milder than was asked for. */
function from(report: LintReport, { minLevel }: LintRequest): LintReport {
  const wanted = levels.slice(0, levels.indexOf(minLevel) + 1);
  return { ...report, findings: report.findings.filter(({ level }) => wanted.includes(level)) };
}

/** What another format than the usual one needs is loaded only for it. */
async function render(
  { report, texts }: Linted,
  { format, quiet }: LintRequest,
  stream: NodeJS.WriteStream,
): Promise<string> {
  switch (format) {
    case 'text':
      return asText(report, { texts, paint: paintFor(stream), width: stream.columns || 120, quiet });
    case 'json':
      return JSON.stringify(report, null, 2);
    case 'sarif':
      return (await import('./formats/sarif.ts')).asSarif(report, await repositoryPaths());
    case 'github':
      return (await import('./formats/github.ts')).asWorkflowCommands(report, await repositoryPaths());
    default:
      return unreachable(format);
  }
}

async function repositoryPaths(): Promise<(file: string) => string> {
  return (await import('./formats/repository.ts')).pathsIn(process.cwd());
}
