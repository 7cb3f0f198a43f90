import type { Tool } from './history.ts';

/** What a tool does with files that do not come as it expects them. */
export interface Habits {
  /** With a file that is older than the last one it has run: refuses to go on, passes it over without a word, or runs it. */
  readonly older: 'refused' | 'skipped' | 'run' | 'unknown';
  /** With a second file of one version. */
  readonly doubled: 'refused' | 'skipped' | 'unknown';
  /** Whether it refuses a file that it has run and that is another one since. */
  readonly checksums: boolean;
}

/**
 * golang-migrate keeps one number and runs what is above it (golang-migrate/migrate#179), and stops at two files of one version.
 * goose stops at "missing migrations" since 3.3 (pressly/goose#280). Flyway validates checksums, versions and order (Flyway
 * documentation, validate). dbmate runs all that it has not run (amacneil/dbmate#159), told by version. Prisma's deploy runs what is
 * missing and only warns of an edited one (Prisma documentation, "migrate deploy"); folders cannot share a name. diesel runs all
 * that it has not run, by version. Atlas refuses what is out of order (`--exec-order linear`, the default). sqlx runs all that it has
 * not run, and holds the text of each, comments and all, to its checksum (transact-rs/sqlx#3909). node-pg-migrate checks the order
 * (`--check-order`, the default).
 */
export const habits: Readonly<Record<Tool, Habits>> = {
  'golang-migrate': { older: 'skipped', doubled: 'refused', checksums: false },
  goose: { older: 'refused', doubled: 'refused', checksums: false },
  flyway: { older: 'refused', doubled: 'refused', checksums: true },
  dbmate: { older: 'run', doubled: 'skipped', checksums: false },
  prisma: { older: 'run', doubled: 'unknown', checksums: false },
  diesel: { older: 'run', doubled: 'skipped', checksums: false },
  atlas: { older: 'refused', doubled: 'unknown', checksums: false },
  sqlx: { older: 'run', doubled: 'refused', checksums: true },
  'node-pg-migrate': { older: 'refused', doubled: 'unknown', checksums: false },
  numbered: { older: 'unknown', doubled: 'unknown', checksums: false },
};
