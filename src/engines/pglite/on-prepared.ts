import { messageOf } from '../../kernel/errors.ts';
import { digest } from '../../kernel/hash.ts';
import type { Log } from '../../kernel/log.ts';
import type { VerifyInput } from '../port.ts';
import { type Prepared, prepare } from '../run/prepared.ts';
import type { Session } from '../session.ts';
import type { Bases } from './bases.ts';
import { NotOpened, type Pool } from './pool.ts';

/** What is prepared in less, in milliseconds, is prepared again: keeping it and opening it take about as long. */
const WORTH_KEEPING_MS = 1_000;

/** Raise it when what is prepared for one and the same input changes. */
const LAYOUT = 1;

/**
 * Does something on a database in which everything that is merged has run: in a new one, or in a copy of one that was prepared
 * before. Every file ends as a connection does, so that nothing is lost between the two.
 */
export async function onPrepared<Result>(
  { pool, bases, log }: { readonly pool: Pool; readonly bases: Bases; readonly log: Log },
  input: VerifyInput,
  { extensions, rows }: { readonly extensions: readonly string[]; readonly rows: boolean },
  work: (session: Session, prepared: Prepared) => Promise<Result>,
): Promise<Result> {
  const texts = input.base.map(({ sql, transaction }) => [sql, transaction]);
  const name = digest([LAYOUT, extensions, rows, input.schema ?? '', texts]).slice(0, 32);
  const kept = await bases.get(name);
  if (kept !== undefined) {
    try {
      return await pool.with(extensions, (session) => work(session, kept.prepared), kept.image);
    } catch (thrown) {
      if (!(thrown instanceof NotOpened)) throw thrown;
      log.warn({ error: messageOf(thrown) }, 'a kept base did not open; it is made anew');
      await bases.discard(name);
    }
  }
  return pool.with(extensions, async (session, save) => {
    const started = performance.now();
    const prepared = await prepare(session, input, { log, rows });
    const isSlow = performance.now() - started > WORTH_KEEPING_MS;
    if (isSlow && prepared.failed === undefined && (await isPlain(session)))
      await bases.keep(name, { image: await save(), prepared });
    return work(session, prepared);
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
