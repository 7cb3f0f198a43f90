import { resolve } from 'node:path';
import type { Migration } from '../sql/history/history.ts';
import { UsageError } from './usage.ts';

/**
 * How many migrations are the base: `given` is their number, or the last of them, by its path, the end of its path, or its
 * version. Throws {@link UsageError} where it is none of them, or several.
 */
export function baseCount(given: string, migrations: readonly Migration[]): number {
  if (/^(?:0|[1-9]\d*)$/.test(given) && Number(given) <= migrations.length) return Number(given);
  const found = migrations.flatMap((migration, index) => (isMeant(given, migration) ? [index] : []));
  const [index] = found;
  if (index === undefined)
    throw new UsageError(
      `--base is "${given}", and no migration is called so`,
      `Use a number from 0 to ${migrations.length}, or a file such as ${migrations.at(-1)?.file ?? '0001.sql'}`,
    );
  if (found.length > 1)
    throw new UsageError(
      `--base is "${given}", which are ${found.length} migrations`,
      `Name more of the path: ${found.map((at) => migrations[at]?.file).join(', ')}`,
    );
  return index + 1;
}

function isMeant(given: string, { file, version }: Migration): boolean {
  return (
    version === given || resolve(file) === resolve(given) || `/${file}`.endsWith(`/${given.replace(/^\.?\//, '')}`)
  );
}
