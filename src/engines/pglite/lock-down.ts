import type { PGlite } from '@electric-sql/pglite';

/** The role that owns the database and runs untrusted SQL. */
export const migrator = 'migrator';

/** https://www.postgresql.org/docs/current/catalog-pg-authid.html: the role that `initdb` makes always has this number. */
const BOOTSTRAP_SUPERUSER = 10;
/** No role has this number, and it is looked for in the engine's memory. */
const PROBE = 0x5eed1234;

/** The parts of the WebAssembly module that PostgreSQL exports for its extensions. */
interface Exports {
  readonly HEAPU8: Uint8Array;
  _SetUserIdAndSecContext(role: number, context: number): void;
  _GetSessionUserId(): number;
}

/**
 * Makes the session one of the migrator, as if it had logged in as that role.
 *
 * PGlite starts as the superuser and has no logging in: its `username` option is a SET ROLE that RESET ROLE undoes, and SET
 * SESSION AUTHORIZATION can be undone too, because PostgreSQL asks whether the *authenticated* user (a C variable beside
 * the current and the session user's) is a superuser. So that variable is set as well. It is found, not assumed: the current
 * user's is located with an exported setter, and the one beside it that still holds the superuser's number is the one. The way
 * back is then tried, and a session in which it is open is refused.
 */
export async function becomeMigrator(pg: PGlite): Promise<void> {
  const engine = pg.Module as unknown as Exports;
  await pg.exec(`SET SESSION AUTHORIZATION ${migrator}`);
  const role = engine._GetSessionUserId();
  if (role === BOOTSTRAP_SUPERUSER) throw new Error('the session did not become the migrator');

  const memory = new Uint32Array(engine.HEAPU8.buffer);
  engine._SetUserIdAndSecContext(PROBE, 0);
  const current = memory.indexOf(PROBE);
  engine._SetUserIdAndSecContext(role, 0);
  const beside = Array.from({ length: 33 }, (_, step) => current - 16 + step);
  const authenticated = beside.filter((at) => memory[at] === BOOTSTRAP_SUPERUSER);
  // More than one candidate: an unrelated variable happens to hold 10. Setting it too could break the engine, so try in turn.
  for (const at of authenticated) {
    memory[at] = role;
    if (!(await canReturn(pg))) return;
    memory[at] = BOOTSTRAP_SUPERUSER;
  }
  throw new Error('this build of PGlite keeps its superuser rights within reach of the SQL under test');
}

async function canReturn(pg: PGlite): Promise<boolean> {
  try {
    await pg.exec('SET SESSION AUTHORIZATION postgres');
  } catch {
    await pg.exec('RESET ROLE; RESET SESSION AUTHORIZATION');
    const { rows } = await pg.query<{ safe: boolean }>(
      `SELECT session_user = '${migrator}' AND current_user = '${migrator}' AND current_setting('is_superuser') = 'off' AS safe`,
    );
    return rows[0]?.safe !== true;
  }
  await pg.exec(`SET SESSION AUTHORIZATION ${migrator}`);
  return true;
}
