import type { Engine } from '../engine.ts';

const names: Readonly<Record<string, Engine>> = {
  postgres: 'postgresql',
  postgresql: 'postgresql',
  pg: 'postgresql',
  pgsql: 'postgresql',
  psql: 'postgresql',
  timescale: 'postgresql',
  timescaledb: 'postgresql',
  mysql: 'mysql',
  mariadb: 'mariadb',
  sqlite: 'sqlite',
  sqlite3: 'sqlite',
};

/** The engine that a word names, as people write it in file names. */
export function engineNamed(word: string): Engine | undefined {
  return Object.hasOwn(names, word) ? names[word] : undefined;
}

/** The engine that the nearest folder of a path names, also as part of a name (`migrations-mysql`). */
export function guessEngine(directory: string): Engine | undefined {
  const segments = directory.toLowerCase().split('/').reverse();
  for (const segment of segments) {
    const found = segment
      .split(/[-_.]/)
      .map(engineNamed)
      .find((engine) => engine !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}
