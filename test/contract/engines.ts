import { afterAll, describe, expect, it } from 'vitest';
import type { ScratchEngine } from '../../src/engines/port.ts';
import type { Engine } from '../../src/sql/engine.ts';
import { migration, step } from '../engines/migrations.ts';

/** What every scratch engine owes its caller, whether it runs anything or not. `runs: false` needs a reason. */
export function engineContract(
  name: string,
  create: () => ScratchEngine,
  expected: { readonly engine: Engine; readonly runs: true | { readonly not: RegExp } },
): void {
  describe(name, () => {
    const engine = create();
    afterAll(() => engine.close());

    const base = [migration('1.sql', 'CREATE TABLE cats (id int PRIMARY KEY);')];
    const criteria = [
      { text: 'true is true', sql: 'SELECT 1 = 1' },
      { text: 'but false is not', sql: 'SELECT 1 = 2' },
    ];

    it('answers a verification, criterion by criterion, and never says passed for not run', async () => {
      const migrations = [migration('2.sql', 'ALTER TABLE cats ADD COLUMN name varchar(40);')];
      const report = await engine.verify({ base, migrations, criteria });
      expect(report.engine).toBe(expected.engine);
      expect(report.criteria.map(({ text }) => text)).toEqual(['true is true', 'but false is not']);
      if (expected.runs === true) {
        expect(report).toMatchObject({ applied: 2, failed: null, criteria: [{ pass: true }, { pass: false }] });
        expect(report).not.toHaveProperty('notExecuted');
      } else {
        expect(report.notExecuted).toMatch(expected.runs.not);
        expect(report).toMatchObject({ applied: 0, failed: null, criteria: [{ pass: false }, { pass: false }] });
      }
    });

    it('returns SQL that does not run as a result', async () => {
      const report = await engine.verify({ base, migrations: [migration('2.sql', 'NOT SQL AT ALL;')], criteria });
      expect(report.failed !== null || report.notExecuted !== undefined).toBe(true);
      const proof = await engine.prove({ base, desired: ['NOR THIS'], steps: [step(1, ['OR THIS'], [])] });
      expect(proof).toMatchObject({ applied: false, reachedDesired: false, failure: { step: 0 } });
      const explained = await engine.explain({ base, query: 'AND NOT THIS' });
      expect(explained.failed).toBe(true);
      expect(explained.text).not.toBe('');
      const advice = await engine.advise({ base, query: 'NOR EVEN THIS', candidates: [], rows: {} });
      expect(advice.failure).toBeTruthy();
    });

    it('closes more than once', async () => {
      await engine.close();
      await engine.close();
    });
  });
}
