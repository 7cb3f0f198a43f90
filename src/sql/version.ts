import type { Engine } from './engine.ts';

/**
 * The version that is assumed where none is configured: the oldest one its makers still support (November 2026), so that no
 * advice depends on something newer.
 */
const oldest: Readonly<Record<Engine, number>> = { postgresql: 15, mysql: 8, mariadb: 10.6, sqlite: 3 };

/** The version as a number to compare: `16.4` is 16.4, `10.11.2-MariaDB` is 10.11. */
export function versionNumber(engine: Engine, version?: string): number {
  const number = Number.parseFloat(version ?? '');
  return Number.isNaN(number) ? oldest[engine] : number;
}
