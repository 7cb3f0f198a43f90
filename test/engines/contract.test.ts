import { expect, it } from 'vitest';
import { createEngines } from '../../src/engines/engines.ts';
import { notConfiguredEngine } from '../../src/engines/not-configured.ts';
import { createPgliteEngine } from '../../src/engines/pglite/engine.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { engines } from '../../src/sql/engine.ts';
import { engineContract } from '../contract/engines.ts';

engineContract('pglite', () => createPgliteEngine({ log: silentLog }), { engine: 'postgresql', runs: true });

const servers = [
  ['mysql', /^not executed: no MySQL server configured$/],
  ['mariadb', /^not executed: no MariaDB server configured$/],
  ['sqlite', /^not executed: no SQLite server configured$/],
] as const;
for (const [engine, not] of servers) {
  engineContract(`${engine}, not configured`, () => notConfiguredEngine(engine), { engine, runs: { not } });
}

it('finds the scratch engine of every engine', async () => {
  const all = createEngines({ log: silentLog });
  expect(engines.map((engine) => all.of(engine).engine)).toEqual([...engines]);
  await all.close();
});
