import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { modulesNeededBy } from '../../../src/engines/pglite/extensions.ts';
import { pgliteFolder } from '../../../src/engines/pglite/process.ts';

it.each([
  ['no extension', ['CREATE TABLE a (id int)'], []],
  [
    'plain, quoted and upper case',
    ['create extension CITEXT; CREATE EXTENSION IF NOT EXISTS "uuid-ossp"'],
    ['citext', 'uuid_ossp'],
  ],
  ['what an extension needs itself', ['CREATE EXTENSION earthdistance CASCADE'], ['cube', 'earthdistance']],
  ['each once, over several texts', ['CREATE EXTENSION hstore', 'CREATE\n EXTENSION hstore'], ['hstore']],
  ['nothing for what is not bundled', ['CREATE EXTENSION postgis; CREATE EXTENSION constructor'], []],
])('loads %s', (_, texts, modules) => {
  expect(modulesNeededBy(texts)).toEqual(modules);
});

it('knows every extension that is installed', async () => {
  const files = await readdir(join(pgliteFolder(), 'dist/contrib'));
  const installed = files
    .flatMap((file) => /^(\w+)\.js$/.exec(file)?.[1] ?? [])
    .filter((name) => name !== 'auto_explain');
  const all = installed.map((name) => `CREATE EXTENSION "${name === 'uuid_ossp' ? 'uuid-ossp' : name}"`);
  expect(modulesNeededBy(all)).toEqual(installed.sort());
});
