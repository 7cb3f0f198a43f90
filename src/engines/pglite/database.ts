import { type Extensions, PGlite } from '@electric-sql/pglite';
import { trustedHere } from './extensions.ts';
import { becomeMigrator, migrator } from './lock-down.ts';

/**
 * PGlite's own parameters without `-O`, which would let anybody alter system tables, without its `search_path`, so that the
 * server's default holds, and with small buffers: a scratch database is small, and memory is what limits how many fit.
 */
const parameters = [
  '--single',
  '-F',
  '-j',
  ...[
    'exit_on_error=false',
    'log_checkpoints=false',
    'max_worker_processes=0',
    'max_parallel_workers=0',
    'max_parallel_workers_per_gather=0',
    'max_parallel_maintenance_workers=0',
    'io_method=sync',
    'shared_buffers=16MB',
  ].flatMap((setting) => ['-c', setting]),
];

/** A compressed data directory with the migrator in it, who owns the database and its public schema. Takes 2 s and 1 GB. */
export async function makeTemplate(): Promise<Uint8Array> {
  const pg = await PGlite.create({ startParams: parameters, initDbStartParams: ['--wal-segsize=1'] });
  await pg.exec(`
    CREATE ROLE ${migrator} LOGIN CREATEROLE CREATEDB NOSUPERUSER;
    ALTER DATABASE postgres OWNER TO ${migrator};
    ALTER SCHEMA public OWNER TO ${migrator};
    GRANT pg_checkpoint TO ${migrator};
  `);
  return dataDirectory(pg);
}

/**
 * The data directory of a database, compressed. Everything is brought from the log into its place before: what is replayed from
 * the log when a copy is opened is as after a crash, and sequences then leave numbers out (manual, "CREATE SEQUENCE", Notes).
 */
export async function dataDirectory(pg: PGlite): Promise<Uint8Array> {
  await pg.exec('CHECKPOINT');
  const dump = await pg.dumpDataDir('gzip');
  return new Uint8Array(await dump.arrayBuffer());
}

/** A fresh database from the template, in the hands of the migrator. */
export async function openDatabase(template: Uint8Array, extensions: readonly string[]): Promise<PGlite> {
  const loaded: Extensions = {};
  for (const name of extensions) {
    const module: Readonly<Record<string, Extensions[string]>> = await import(`@electric-sql/pglite/contrib/${name}`);
    const extension = module[name];
    if (extension !== undefined) loaded[name] = extension;
  }
  const pg: PGlite = await PGlite.create({
    startParams: parameters,
    extensions: loaded,
    loadDataDir: new File([new Uint8Array(template)], 'template.tar.gz', { type: 'application/x-gzip' }),
  });
  trust(pg);
  await becomeMigrator(pg);
  return pg;
}

/** PostgreSQL reads control files when an extension is created, so a line more in them is enough. */
function trust({ Module: { FS: files } }: PGlite): void {
  const folder = `${PGlite.paths.PG_ROOT}/share/postgresql/extension`;
  for (const name of trustedHere) {
    const path = `${folder}/${name}.control`;
    if (!files.analyzePath(path).exists) continue;
    files.writeFile(path, `${files.readFile(path, { encoding: 'utf8' })}\ntrusted = true\n`);
  }
}
