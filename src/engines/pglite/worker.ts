/** The engine's process: it holds one database, does one thing at a time, and knows nothing else. */
import { Worker } from 'node:worker_threads';
import type { PGlite, Results } from '@electric-sql/pglite';
import { type Asked, maximumLines, type Ran, type Refused, type Row } from '../session.ts';
import { dataDirectory, makeTemplate, openDatabase } from './database.ts';
import { pretend } from './pretend.ts';
import type { Answers, Reply, Request } from './protocol.ts';

/** Characters of one value in an answer, and of everything that one query of ours may bring back. */
const LONGEST_VALUE = 500;
const LARGEST_ANSWER = 64_000_000;

let opened: PGlite | undefined;

new Worker(new URL('./watchdog.ts', import.meta.url)).unref();

process.on('message', (request: Request) => {
  void answer(request)
    .then((value): Reply => ({ answer: value }))
    .catch((thrown: unknown): Reply => ({ failure: String(thrown) }))
    .then((reply) => process.send?.(reply));
});
process.on('disconnect', () => process.exit());

async function answer(request: Request): Promise<Answers[keyof Answers]> {
  switch (request.kind) {
    case 'make-template':
      return makeTemplate();
    case 'open': {
      opened = await openDatabase(request.template, request.extensions);
      const { rows } = await opened.query<{ version: string }>("SELECT current_setting('server_version') AS version");
      return /^[\d.]+/.exec(rows[0]?.version ?? '')?.[0] ?? '';
    }
    case 'save':
      return dataDirectory(database());
    case 'run':
      return run(database(), request.sql);
    case 'ask':
      return ask(database(), request.sql);
    case 'inspect':
      return inspect(database(), request.sql);
    case 'pretend':
      return pretend(database(), request.lengths) as undefined;
  }
}

function database(): PGlite {
  if (opened === undefined) throw new Error('no database is open');
  return opened;
}

async function run(pg: PGlite, sql: string): Promise<Ran> {
  const start = performance.now();
  try {
    assertAnswered(await pg.exec(sql));
  } catch (thrown) {
    return refusal(thrown);
  }
  return { ok: true, ms: performance.now() - start, inTransaction: pg.isInTransaction() };
}

async function ask(pg: PGlite, sql: string): Promise<Asked> {
  try {
    const results = await pg.exec(sql, { rowMode: 'array' });
    assertAnswered(results);
    const [result] = results;
    const rows = (result?.rows ?? []) as unknown as readonly (readonly unknown[])[];
    return {
      ok: true,
      count: rows.length,
      first: (rows[0] ?? []).map((value, at) => ({
        name: result?.fields[at]?.name ?? '',
        text: textOf(value),
        ...(typeof value === 'boolean' ? { truth: value } : {}),
      })),
      lines: rows.slice(0, maximumLines).map(([value]) => textOf(value)),
    };
  } catch (thrown) {
    return refusal(thrown);
  }
}

async function inspect(pg: PGlite, sql: string): Promise<readonly Row[]> {
  const within = pg.isInTransaction();
  await pg.exec(
    `${within ? 'SAVEPOINT inspection' : 'BEGIN'}; SET LOCAL search_path = ''; SET LOCAL statement_timeout = 0`,
  );
  try {
    const { rows } = await pg.query<Row>(sql);
    if (JSON.stringify(rows).length > LARGEST_ANSWER) throw new Error('the schema is too large to be described');
    return rows;
  } finally {
    await pg.exec(within ? 'ROLLBACK TO SAVEPOINT inspection; RELEASE SAVEPOINT inspection' : 'ROLLBACK');
  }
}

/** After some breakdowns (a stack that overflowed) the engine answers every statement with nothing at all, as if it had run. */
function assertAnswered(results: readonly Results[]): void {
  if (results.some(({ command }) => command === undefined)) throw new Error('the engine stopped answering');
}

/** An error of the SQL; anything else (a trap in WebAssembly) leaves the engine in an unknown state and is thrown on. */
function refusal(thrown: unknown): Refused {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && thrown.code.length === 5) {
    return { ok: false, message: thrown.message.slice(0, LONGEST_VALUE), code: thrown.code };
  }
  throw thrown;
}

function textOf(value: unknown): string {
  if (value === null) return 'NULL';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
