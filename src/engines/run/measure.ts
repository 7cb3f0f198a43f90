import type { Lock } from '../../planner/plan.ts';
import { isStronger, type LockMode } from '../../sql/facts/locks/index.ts';
import type { Row, Session } from '../session.ts';

interface Relation {
  readonly name: string;
  /** The file that holds the rows; another one after a rewrite. */
  readonly file: string;
}

/** What was seen on relations that existed when the gauge was made: on one made since, nobody else can be waiting. */
export interface Gauge {
  /** Looks at the locks and files of now. `rewrites: false` where a new file is not a rewrite (TRUNCATE). */
  look(options?: { readonly rewrites: boolean }): Promise<void>;
  /** A lock that could not be seen because it was gone again. */
  add(lock: Lock & { readonly mode: LockMode }): void;
  /** The strongest lock seen on each relation, in the order of their names. */
  locks(): readonly Lock[];
  rewrites(): readonly string[];
  /** The qualified name of an existing index' table. */
  tableOfIndex(index: string): Promise<string | undefined>;
}

const relations = `
  SELECT c.oid::text AS oid, n.nspname || '.' || c.relname AS name, c.relfilenode::text AS file
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f') AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'`;

/** With the files: a relation that is not locked cannot have got another one. */
const locksHeld = `
  SELECT l.relation::text AS oid, l.mode, c.relfilenode::text AS file FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
  WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.relation >= 16384`;

/** A gauge for the relations that exist now. */
export async function createGauge(session: Session): Promise<Gauge> {
  const before = await read(session);
  const strongest = new Map<string, LockMode>();
  const files = new Map([...before].map(([oid, { file }]) => [oid, file]));
  const rewritten = new Set<string>();

  const note = (relation: string, mode: LockMode) => {
    const known = strongest.get(relation);
    if (known === undefined || isStronger(mode, known)) strongest.set(relation, mode);
  };

  return {
    async look({ rewrites } = { rewrites: true }) {
      for (const row of await session.inspect(locksHeld)) {
        const [oid, file] = [String(row.oid), String(row.file)];
        const relation = before.get(oid);
        if (relation === undefined) continue;
        note(relation.name, String(row.mode) as LockMode);
        if (files.get(oid) === file) continue;
        files.set(oid, file);
        if (rewrites) rewritten.add(relation.name);
      }
    },
    add: ({ relation, mode }) => note(relation, mode),
    locks: () => [...strongest].map(([relation, mode]) => ({ relation, mode })).sort(byRelation),
    rewrites: () => [...rewritten].sort(),
    async tableOfIndex(index) {
      const rows = await session.inspect(`
        SELECT i.indrelid::text AS oid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname || '.' || c.relname = '${index.replaceAll("'", "''")}'`);
      return before.get(String(rows[0]?.oid))?.name;
    },
  };
}

async function read(session: Session): Promise<ReadonlyMap<string, Relation>> {
  const rows = await session.inspect(relations);
  return new Map(rows.map(({ oid, name, file }: Row) => [String(oid), { name: String(name), file: String(file) }]));
}

function byRelation(one: Lock, other: Lock): number {
  return one.relation < other.relation ? -1 : 1;
}
