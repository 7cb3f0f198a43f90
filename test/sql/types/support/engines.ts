import { PGlite } from '@electric-sql/pglite';
import { citext } from '@electric-sql/pglite/contrib/citext';
import pg from 'pg';
import { findPostgres, startPostgres } from '../../../support/postgres.ts';

/** A PostgreSQL to ask for facts. */
export interface Engine {
  exec(sql: string): Promise<unknown>;
  /** The single value that a query gives. */
  value(sql: string): Promise<unknown>;
  stop(): Promise<unknown>;
}

export async function startPglite(): Promise<Engine> {
  const pglite = await PGlite.create({ extensions: { citext } });
  return {
    exec: (sql) => pglite.exec(sql),
    value: async (sql) => (await pglite.query<readonly unknown[]>(sql, [], { rowMode: 'array' })).rows[0]?.[0],
    stop: () => pglite.close(),
  };
}

/** The server that is installed or given, or why there is none. */
export const server = findPostgres(process.env);

export async function startServer(): Promise<Engine> {
  if (server.kind === 'none') throw new Error(server.reason);
  const { database, stop } = await startPostgres(server);
  const client = new pg.Client(await database());
  await client.connect();
  return {
    exec: (sql) => client.query(sql),
    value: async (sql) => (await client.query({ text: sql, rowMode: 'array' })).rows[0]?.[0],
    stop: async () => {
      await client.end();
      await stop();
    },
  };
}
