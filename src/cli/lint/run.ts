import { rowsIn } from '../../config/sizes.ts';
import type { Engine } from '../../sql/engine.ts';
import type { LintReport } from '../../sql/finding.ts';
import { type ReadSchema, schemaAt } from '../inputs/schema.ts';
import { remark } from '../output.ts';
import { lintReport } from '../report.ts';
import { UsageError } from '../usage.ts';
import type { Job } from './jobs.ts';
import { progressOn } from './progress.ts';
import type { LintRequest } from './request.ts';
import { sourcesOf } from './sources.ts';

/** What was found, and the texts it was found in by their names in the report. */
export interface Linted {
  readonly report: LintReport;
  readonly texts: ReadonlyMap<string, string>;
  /** What a person should know about how the paths were read. */
  readonly notes: readonly string[];
}

/** Lints every job and puts the reports together; `texts` stand in place of files. */
export async function lintJobs(
  jobs: readonly Job[],
  request: LintRequest,
  texts?: ReadonlyMap<string, string>,
): Promise<Linted> {
  const all: Linted[] = [];
  for (const job of jobs) all.push(await lintJob(job, request, texts));
  const [first, ...others] = all;
  if (first === undefined || others.length === 0) return first ?? nothing;
  return all.reduce(joined);
}

async function lintJob(
  job: Job,
  request: LintRequest,
  given: ReadonlyMap<string, string> | undefined,
): Promise<Linted> {
  const { configured, database } = job;
  const { engine: wanted = database?.engine ?? job.engine, inputName } = request;
  const sources = await sourcesOf(job, {
    ...(wanted === undefined ? {} : { engine: wanted }),
    // The way back is held against the way forth.
    down: true,
    ...(database?.tool === undefined ? {} : { tool: database.tool }),
    ...(inputName === undefined ? {} : { inputName }),
    ...(given === undefined ? {} : { texts: given }),
  });
  const { engine, migrations, texts, errors, notes, only } = sources;
  const configuredVersion = database?.engine === engine ? database.version : undefined;
  const version = request.engineVersion ?? configuredVersion;
  const schema = request.schema === undefined ? undefined : await schemaBefore(request.schema, engine);
  const progress = progressOn(process.stderr, migrations.length, () => performance.now());
  const report = await lintReport(
    migrations,
    {
      engine,
      ...(version === undefined ? {} : { engineVersion: version }),
      ...(schema === undefined ? {} : { before: schema.catalog, ...schema.known }),
      assumeInTransaction: request.assumeInTransaction,
      ...request.rules,
      ...(configured === undefined
        ? {}
        : { settingsAt: (file) => (only?.has(file) === false ? 'ignored' : configured.settingsAt(file)) }),
      ...(database === undefined ? {} : { rows: rowsIn(database) }),
      ...(request.quiet ? {} : { onProgress: progress.show }),
    },
    [...(schema?.errors ?? []), ...errors],
  );
  progress.end();
  return { report, texts, notes };
}

async function schemaBefore(path: string, engine: Engine): Promise<ReadSchema> {
  try {
    return await schemaAt(path, { engine });
  } catch (error) {
    // Of several paths on a command line, it is this one.
    throw error instanceof UsageError ? new UsageError(`--schema: ${error.message}`, error.remedy) : error;
  }
}

const nothing: Linted = {
  report: { tool: 'database-lead', version: '', files: 0, statements: 0, findings: [], suppressed: [], errors: [] },
  texts: new Map(),
  notes: [],
};

function joined(one: Linted, other: Linted): Linted {
  const [a, b] = [one.report, other.report];
  return {
    report: {
      ...a,
      files: a.files + b.files,
      statements: a.statements + b.statements,
      findings: [...a.findings, ...b.findings],
      suppressed: [...a.suppressed, ...b.suppressed],
      errors: [...a.errors, ...b.errors],
    },
    texts: new Map([...one.texts, ...other.texts]),
    notes: [...one.notes, ...other.notes],
  };
}

/** What the run was told by its configurations, for standard error. */
export function sayConfigured(jobs: readonly Job[]): void {
  const said = new Map<string, string[]>();
  for (const { configured, database } of jobs) {
    if (configured === undefined) continue;
    const databases = said.get(configured.file) ?? [];
    if (database !== undefined) databases.push([database.name, database.engine, database.version].join(' ').trim());
    said.set(configured.file, databases);
  }
  for (const [file, databases] of said)
    remark(`configured by ${file}${databases.length === 0 ? '' : ` (${databases.join('; ')})`}`);
}
