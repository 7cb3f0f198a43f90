import { systemClock } from '../kernel/clock.ts';
import { filesOf } from '../planner/files.ts';
import { isReady, type PlanReport } from '../planner/report.ts';
import type { GivenAnswer } from '../planner/schemas/given.ts';
import type { Engine } from '../sql/engine.ts';
import type { History, Migration } from '../sql/history/history.ts';
import { cacheDirectory } from './cache.ts';
import { noPaint, paintFor } from './formats/paint.ts';
import { planText } from './formats/plan-text.ts';
import { usualEngine } from './inputs/engine.ts';
import { readSources, type Sources } from './inputs/read.ts';
import { print, remark } from './output.ts';
import { readAnswers, readRows } from './plan/answers.ts';
import { designAlone } from './plan/design.ts';
import { historyFor, isBlank } from './plan/history.ts';
import { writeNew } from './plan/write.ts';
import { engineOption, oneOf, readArguments, UsageError, versionOption } from './usage.ts';

const formats = ['text', 'json', 'sql'] as const;
type Format = (typeof formats)[number];

const options = {
  current: { type: 'string' },
  desired: { type: 'string' },
  engine: { type: 'string' },
  'engine-version': { type: 'string' },
  format: { type: 'string', default: 'text' },
  out: { type: 'string' },
  rename: { type: 'string', multiple: true },
  move: { type: 'string', multiple: true },
  drop: { type: 'string', multiple: true },
  fill: { type: 'string', multiple: true },
  convert: { type: 'string', multiple: true },
  'rename-in-phases': { type: 'boolean', default: false },
  rows: { type: 'string', multiple: true },
} as const;

/**
 * `database-lead plan`: the proven way from one schema to another. 0: it is planned, or there is nothing to do, 1: something must be
 * answered, cannot be planned, or did not hold, 2: a schema or an answer could not be read.
 */
export async function planCommand(args: readonly string[], usage: string): Promise<number> {
  const { values, positionals } = readArguments(args, options, usage);
  const [stray] = positionals;
  if (stray !== undefined) throw new UsageError(`"${stray}" belongs to no option`, `Usage: ${usage}`);
  const { current, desired, out } = values;
  if (current === undefined || desired === undefined)
    throw new UsageError(`no ${current === undefined ? 'current' : 'desired'} schema named`, `Usage: ${usage}`);
  if (current === '-' && desired === '-')
    throw new UsageError('standard input cannot be both schemas', 'Name a file for one of them');
  const format = oneOf(formats, values.format, '--format');
  const version = versionOption(values['engine-version']);
  const given: readonly GivenAnswer[] = [
    ...readAnswers('rename', values.rename),
    ...readAnswers('move', values.move),
    ...readAnswers('drop', values.drop),
    ...readAnswers('fill', values.fill),
    ...readAnswers('convert', values.convert),
  ];
  const rows = readRows(values.rows);

  const wanted = engineOption(values.engine);
  const before = await migrationsAt(current, wanted);
  const after = await migrationsAt(desired, wanted);
  const engine = wanted.engine ?? (before.engine === usualEngine ? after.engine : before.engine);
  const request = {
    engine,
    ...version,
    current: before.migrations,
    desired: after.migrations,
    given,
    rows,
    renameInPhases: values['rename-in-phases'],
  };
  // Before anything runs: what is wrong with where the files go need not be waited for.
  const history = out === undefined && format !== 'sql' ? undefined : historyFor(current, out, engine);
  const report = await designAlone(request, { dataDirectory: cacheDirectory() });
  if (history === undefined) return show(report, format);
  return out === undefined ? showFiles(report, history) : putInto(report, format, history);
}

/** A directory without migrations is a history that is yet to begin. */
async function migrationsAt(
  path: string,
  wanted: { readonly engine?: Engine },
): Promise<{ readonly engine: Engine; readonly migrations: readonly Migration[] }> {
  if (isBlank(path)) return { engine: wanted.engine ?? usualEngine, migrations: [] };
  const { engine, migrations, errors, notes }: Sources = await readSources([path], wanted);
  for (const note of notes) remark(note);
  const [unread] = errors;
  if (unread !== undefined)
    throw new UsageError(`${unread.file}: ${unread.message}`, 'A plan needs the whole of both schemas');
  return { engine, migrations };
}

async function show(report: PlanReport, format: Format): Promise<number> {
  await print(format === 'json' ? JSON.stringify(report, null, 2) : planText(report, paintFor(process.stdout)));
  return isReady(report) ? 0 : 1;
}

async function showFiles(report: PlanReport, history: History): Promise<number> {
  if (!isReady(report) || report.steps.length === 0) tell(report);
  const { migrations, problems } = filesOf(report, history, systemClock);
  for (const problem of problems) remark(problem);
  if (problems.length > 0) return 1;
  const files = migrations.flatMap((each) => each.files);
  await print(files.map(({ path, text }) => `-- File: ${path}\n${text}`).join('\n'));
  return isReady(report) ? 0 : 1;
}

/** The list of the files that were written is what a program reads on; everything else is for people. */
async function putInto(report: PlanReport, format: Format, history: History): Promise<number> {
  if (format === 'json') await print(JSON.stringify(report, null, 2));
  else tell(report);
  if (!isReady(report)) {
    remark('no migration was written');
    return 1;
  }
  const { migrations, problems, isOneWay } = filesOf(report, history, systemClock);
  for (const problem of problems) remark(problem);
  if (problems.length > 0) {
    remark('no migration was written');
    return 1;
  }
  const files = migrations.flatMap((each) => each.files);
  writeNew(files);
  const paths = files.map(({ path }) => path).join('\n');
  if (format === 'json') for (const { path } of files) remark(`wrote ${path}`);
  else await print(paths);
  if (report.steps.some(({ application }) => application !== undefined))
    remark('deploy them one after the other: what the application must do in between stands at the head of each file');
  if (isOneWay && files.length > 0)
    remark(`the way back is in no file, because the ${history.tool} migrations there have none`);
  if (history.tool === 'atlas' && files.length > 0)
    remark('atlas.sum does not know them yet: run `atlas migrate hash`');
  return 0;
}

function tell(report: PlanReport): void {
  process.stderr.write(`${planText(report, process.stderr.isTTY ? paintFor(process.stderr) : noPaint)}\n`);
}
