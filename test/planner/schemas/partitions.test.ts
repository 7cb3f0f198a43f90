import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngines } from '../../../src/engines/engines.ts';
import { silentLog } from '../../../src/kernel/log.ts';
import { draftMigration } from '../../../src/planner/index.ts';
import { noAnswers } from '../../../src/planner/schemas/index.ts';
import type { Pair } from './cases.ts';
import { partitionPairs } from './partition-cases.ts';
import { designOf, statements } from './support.ts';

const engines = createEngines({ log: silentLog });
let postgres: PGlite;
beforeAll(async () => {
  postgres = await PGlite.create();
});
afterAll(async () => {
  await Promise.all([engines.close(), postgres.close()]);
});

function planOf({ current, desired, fills = {}, drops }: Pair, version?: number) {
  const answers = { ...noAnswers, fills: new Map(Object.entries(fills)), drops: new Set(drops) };
  return designOf(engines.of('postgresql'), {
    current,
    desired,
    answers,
    ...(version === undefined ? {} : { version }),
  });
}

function pair(name: string): Pair {
  const found = partitionPairs.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no pair "${name}"`);
  return found;
}

const attaching = partitionPairs.filter(
  ({ name, desired }) => /becomes? |widened|comes/.test(name) && !/HASH/.test(desired),
);

describe('a partition is attached without a scan under a lock', () => {
  it.each(attaching)('$name', async (each) => {
    const design = await planOf(each);
    await postgres.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
    await postgres.exec(each.current);
    const scanned: string[] = [];
    let attached = 0;
    for (const { sql } of design.plan.steps) {
      for (const statement of sql) {
        const isAttach = /ATTACH PARTITION/.test(statement) && !statement.startsWith('ALTER INDEX');
        if (isAttach) attached++;
        // PostgreSQL says at debug1 which tables it scans.
        await postgres.exec(`SET client_min_messages = ${isAttach ? 'debug1' : 'notice'}`);
        await postgres.exec(statement, {
          onNotice: ({ message = '' }) => {
            if (isAttach && message.startsWith('verifying table')) scanned.push(`${message}: ${statement}`);
            if (isAttach && message.includes('will implicitly create')) scanned.push(`${message}: ${statement}`);
          },
        });
      }
    }
    expect(scanned, statements(design)).toEqual([]);
    expect(attached).toBeGreaterThan(0);
  });
});

describe('a partition is detached', () => {
  const detach = pair('a partition with keys and indexes is detached');

  it('concurrently, and says how an interrupted try is finished', async () => {
    const { plan } = await planOf(detach);
    const [step] = plan.steps;
    expect(step).toMatchObject({
      sql: ['ALTER TABLE public.events DETACH PARTITION public.events_2026 CONCURRENTLY'],
      resume: ['ALTER TABLE public.events DETACH PARTITION public.events_2026 FINALIZE'],
      transaction: false,
    });
    const [task] = plan.tasks;
    if (task === undefined) throw new Error('there is no task');
    expect(draftMigration(plan, task).up).toContain(
      '-- After an interrupted try, run instead: ALTER TABLE public.events DETACH PARTITION public.events_2026 FINALIZE;',
    );
  });

  it.each([
    ['before PostgreSQL 14', detach, 13],
    ['beside a default partition', pair('a partition beside a default one is detached'), 18],
  ])('plainly, with a short wait, %s', async (_, each, version) => {
    const { plan } = await planOf(each, version);
    expect(plan.steps[0]).toMatchObject({ transaction: true, lockTimeoutMs: 3_000 });
    expect(plan.steps[0]?.sql).toEqual(['ALTER TABLE public.events DETACH PARTITION public.events_2026']);
  });
});

describe('a new partition', () => {
  const saysSo = async (each: Pair) => {
    const { plan } = await planOf(each);
    return plan.steps.flatMap(({ sql, knowingly = [] }) =>
      sql.some((statement) => statement.includes('ATTACH PARTITION')) ? [knowingly.map(({ rule }) => rule)] : [],
    );
  };

  it('is known to be empty in the migration that makes it, and is said to be in another', async () => {
    const { current, desired } = pair('a new partition, and an index that has a migration of its own');
    expect(await saysSo({ name: '', current, desired })).toEqual([['attach-partition-scan']]);
    const index = 'CREATE INDEX other_a ON other (a);';
    expect(await saysSo({ name: '', current, desired: desired.replace(index, '') })).toEqual([[]]);
  });
});

describe('a partition by HASH', () => {
  it('is scanned, and the step says so', async () => {
    const { plan } = await planOf(pair('a table becomes a partition by HASH, which no check can speed up'));
    expect(plan.steps.map(({ hazards }) => hazards)).toEqual([
      ['blocks-reads', 'blocks-writes', 'long-running', 'may-fail-on-existing-rows'],
    ]);
  });
});
