import { messageOf } from '../../kernel/errors.ts';
import { digest } from '../../kernel/hash.ts';
import type { Log } from '../../kernel/log.ts';
import type { Schema } from '../port.ts';
import { type BaseRun, runBase } from '../run/base.ts';
import type { Session } from '../session.ts';
import type { Bases } from './bases.ts';
import { NotOpened, type Pool } from './pool.ts';

/** A base that runs in less, in milliseconds, is run again: keeping one and opening it take about as long. */
const WORTH_KEEPING_MS = 1_000;

/** Raise it when what stands in a kept base changes. */
const LAYOUT = 1;

/**
 * Does something on a database in which everything that is merged has run: in a new one, or in a copy of one in which it ran before.
 * Every file ends as a connection does, so that nothing is lost between the two.
 */
export async function onBase<Result>(
  { pool, bases, log }: { readonly pool: Pool; readonly bases: Bases; readonly log: Log },
  schema: Schema,
  extensions: readonly string[],
  work: (session: Session, base: BaseRun) => Promise<Result>,
): Promise<Result> {
  const name = digest([
    LAYOUT,
    extensions,
    schema.schema ?? '',
    schema.base.map(({ sql, transaction }) => [sql, transaction]),
  ]).slice(0, 32);
  const image = await bases.get(name);
  if (image !== undefined) {
    try {
      const ran: BaseRun = { applied: schema.base.length, failure: undefined };
      return await pool.with(extensions, (session) => work(session, ran), image);
    } catch (thrown) {
      if (!(thrown instanceof NotOpened)) throw thrown;
      log.warn({ error: messageOf(thrown) }, 'a kept base did not open; it is made anew');
      await bases.discard(name);
    }
  }
  return pool.with(extensions, async (session, save) => {
    const started = performance.now();
    const base = await runBase(session, schema);
    const isSlow = performance.now() - started > WORTH_KEEPING_MS;
    if (isSlow && base.failure === undefined && (await isPlain(session))) await bases.keep(name, await save());
    return work(session, base);
  });
}

/**
 * Whether nothing is set for the database or a role: such a setting would hold for the session that opens a copy, too, before
 * that gives its rights up (https://www.postgresql.org/docs/current/catalog-pg-db-role-setting.html).
 */
async function isPlain(session: Session): Promise<boolean> {
  const [row] = await session.inspect('SELECT count(*)::int AS settings FROM pg_catalog.pg_db_role_setting');
  return row?.settings === 0;
}
