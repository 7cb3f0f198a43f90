/** The database schema that holds the queue and the cache, so that a shared PostgreSQL keeps its other tables to itself. */
export const schema = 'database_lead';

/**
 * Brings waiting jobs of queue $1 in line with additions that found their key waiting already ($2, a JSON array of
 * `{ key, after, attempt }`): a fresh wish makes it due earlier, a failed attempt makes it wait and is remembered.
 * The conditions repeat those of pg-boss's own index of `stately` queues, so that the index is used.
 */
export const adjustWaiting = `
  UPDATE ${schema}.job j
  SET start_after = CASE WHEN w.attempt > 0 THEN GREATEST(j.start_after, w.due) ELSE LEAST(j.start_after, w.due) END,
      data = CASE WHEN w.attempt > 0
        THEN j.data || jsonb_build_object('attempt', GREATEST(w.attempt, (j.data->>'attempt')::int)) ELSE j.data END
  FROM (
    SELECT key, attempt, ${schema}.job_now() + after * interval '1 second' AS due
    FROM json_to_recordset($2::text::json) AS x (key text, after float8, attempt int)
  ) w
  WHERE j.name = $1 AND j.state = 'created' AND j.policy = 'stately' AND COALESCE(j.singleton_key, '') = w.key
    AND (w.attempt > 0 OR j.start_after > w.due)`;

/** Jobs of queue $1 that wait or run. */
export const countUnfinished = `
  SELECT count(*)::int AS depth FROM ${schema}.job WHERE name = $1 AND state <= 'active'`;

/** Jobs of queue $1 that somebody claimed. */
export const claimedJobs = `
  SELECT id, data, retry_count AS "retryCount" FROM ${schema}.job WHERE name = $1 AND state = 'active'`;

// Two instances that start together would both find no table: IF NOT EXISTS alone does not exclude them.
export const createCache = `
  BEGIN;
  SELECT pg_advisory_xact_lock(hashtext('${schema}.cache'));
  CREATE TABLE IF NOT EXISTS ${schema}.cache (
    key text PRIMARY KEY,
    value text NOT NULL,
    bytes int NOT NULL,
    used timestamptz NOT NULL
  );
  COMMIT`;

export const readCache = `SELECT value, used FROM ${schema}.cache WHERE key = $1`;

export const touchCache = `UPDATE ${schema}.cache SET used = $2 WHERE key = $1`;

export const writeCache = `
  INSERT INTO ${schema}.cache (key, value, bytes, used) VALUES ($1, $2, $3, $4)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value, bytes = excluded.bytes, used = excluded.used`;

/** Deletes what was used longest ago beyond $1 bytes. */
export const trimCache = `
  DELETE FROM ${schema}.cache c
  USING (SELECT key, sum(bytes) OVER (ORDER BY used DESC, key) AS running FROM ${schema}.cache) ranked
  WHERE c.key = ranked.key AND ranked.running > $1`;
