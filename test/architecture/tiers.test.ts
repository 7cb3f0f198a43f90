import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');

/** The table of docs/architecture.md. */
const tiers: Readonly<Record<string, number>> = {
  kernel: 0,
  sql: 1,
  planner: 2,
  requests: 3,
  messages: 3,
  config: 3,
  github: 4,
  store: 4,
  engines: 4,
  sandbox: 4,
  workflow: 5,
  server: 6,
  story: 6,
  cli: 7,
  'main.ts': 7,
  'cli.ts': 7,
  'index.ts': 7,
};

/** The files that start things, and may use each other. */
const top = 7;

/** Rooms that compute: what they know of time, chance, disk and network is handed to them. */
const pure = ['kernel', 'sql', 'planner', 'requests', 'messages', 'config', 'workflow'];

const outside = /^node:(fs|net|http|https|dns|child_process|worker_threads|tls|dgram|os)/;

/** Loads the program of an installed package, as `import` would if it could. */
const loader = 'sql/parsers/postgresql/program.ts';

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, room: path.split('/')[0] ?? '', imports: importsOf(join(src, path)) }));

function importsOf(path: string): readonly string[] {
  const text = readFileSync(path, 'utf8');
  return [
    ...text.matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)';|^import '([^']+)';|\bimport\('([^']+)'\)/gm),
  ].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
}

function roomOf(importing: string, imported: string): string {
  return relative(src, resolve(join(src, importing), '..', imported)).split('/')[0] ?? '';
}

describe('import tiers', () => {
  it('knows every room', () => {
    expect([...new Set(files.map(({ room }) => room))].filter((room) => tiers[room] === undefined)).toEqual([]);
  });

  it('sees the imports at all', () => {
    expect(files.find(({ path }) => path === 'workflow/act.ts')?.imports).toContain('../github/port.ts');
  });

  it.each(files.map(({ path, room, imports }) => [path, room, imports] as const))(
    '%s imports only downwards',
    (path, room, imports) => {
      const upward = imports
        .filter((each) => each.startsWith('.'))
        .map((each) => roomOf(path, each))
        .filter((target) => target !== room && (tiers[target] ?? 99) >= (tiers[room] ?? 0) && tiers[room] !== top);
      expect(upward).toEqual([]);
    },
  );

  it.each(files.filter(({ room }) => pure.includes(room)).map(({ path, imports }) => [path, imports] as const))(
    '%s touches nothing outside',
    (path, imports) => {
      expect(imports.filter((each) => outside.test(each))).toEqual(path === loader ? ['node:fs'] : []);
    },
  );
});
