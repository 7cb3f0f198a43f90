import type { Log } from '../../kernel/log.ts';
import { loadParsers } from '../../sql/parsers/index.ts';
import { advise, unadvised } from '../advise/advise.ts';
import { type DesignInput, defaultLimits, type Limits, type Schema, type ScratchEngine } from '../port.ts';
import { runBase } from '../run/base.ts';
import { design, designInPassing } from '../run/design.ts';
import { explainAtSizes, explainableQuery, explainQuery } from '../run/explain.ts';
import { dependsOnRows } from '../run/on-rows.ts';
import { mayFailOnRows, prove } from '../run/prove.ts';
import { describeDesired } from '../run/schemas.ts';
import { verify } from '../run/verify.ts';
import type { WalkOutcome } from '../run/walk.ts';
import { EngineEnded } from '../session.ts';
import { modulesNeededBy } from './extensions.ts';
import { createPool } from './pool.ts';

export interface PgliteOptions {
  /** Of one run, from its first statement. */
  readonly limits?: Limits;
  /** Where the template of scratch databases (5 MB) is kept between starts; without it, one is made per engine. */
  readonly dataDirectory?: string;
  readonly log: Log;
}

/** PostgreSQL in a throwaway process per run. Starts nothing before its first use, and keeps no process alive by itself. */
export function createPgliteEngine({ limits = defaultLimits, dataDirectory, log }: PgliteOptions): ScratchEngine {
  const pool = createPool({ limits, log, ...(dataDirectory === undefined ? {} : { dataDirectory }) });

  return {
    engine: 'postgresql',
    async verify(input) {
      await loadParsers();
      const texts = [
        input.schema ?? '',
        ...[...input.base, ...input.migrations].flatMap(({ sql, down = '' }) => [sql, down]),
      ];
      const on = (rows: boolean) =>
        pool.with(modulesNeededBy(texts), (session) => verify(session, input, { log, rows }));
      const report = await on(true);
      const { failed } = report;
      if (failed === null || failed.inBase || !dependsOnRows(failed.code)) return report;
      // Rows that were made up must not condemn a migration: the real ones may be fine.
      const remark = `${failed.file}:${failed.line} fails on made-up rows (${failed.message}), so it was run on empty tables: whether it stands the real rows is not known.`;
      return { ...(await on(false)), remarks: [remark] };
    },
    async prove(input) {
      await loadParsers();
      const texts = [...textsOf(input), ...input.desired, ...input.steps.flatMap(({ sql, down }) => [...sql, ...down])];
      const on = (rows: boolean) =>
        pool.with(modulesNeededBy(texts), (session) => prove(session, input, { log, rows }));
      const { proof, code } = await on(true);
      return code !== undefined && dependsOnRows(code) && mayFailOnRows(input) ? (await on(false)).proof : proof;
    },
    async design(input) {
      await loadParsers();
      const texts = [input.current, input.desired].flatMap(textsOf);
      const modules = modulesNeededBy(texts);
      const inOrder = async (inOrderOfGoals: boolean): Promise<Walked> => {
        const options: DesignInput['options'] = inOrderOfGoals ? { ...input.options, inOrderOfGoals } : input.options;
        const given = { ...input, options };
        return onRowsOrNone(async (rows) => {
          const how = { log, rows };
          const designed = await pool.with(modules, (session) => designInPassing(session, given, how));
          if (designed !== undefined) return designed;
          const desired = await pool.with(modules, (session) => describeDesired(session, given));
          return pool.with(modules, (session) => design(session, given, desired, how));
        });
      };
      const { reordered, ...byPhase } = await inOrder(false);
      if (reordered !== true || holds(byPhase)) return byPhase;
      // Something stood in need of the order that was there before.
      log.info({ proof: byPhase.proof }, 'the steps do not hold in the order of their phases');
      const { reordered: _reordered, ...byGoal } = await inOrder(true);
      return holds(byGoal) || byPhase.proof.failure !== undefined ? byGoal : byPhase;
    },
    async explain(input) {
      await loadParsers();
      const query = explainableQuery(input.query);
      if ('refusal' in query) return { text: query.refusal, failed: true };
      const texts = textsOf(input);
      return pool.with(modulesNeededBy(texts), async (session) => {
        try {
          const { failure } = await runBase(session, input);
          if (failure === undefined)
            return input.rows === undefined || Object.keys(input.rows).length === 0
              ? await explainQuery(session, query.sql)
              : await explainAtSizes(session, query.sql, input.rows, log);
          const { file, line, message } = failure;
          return { text: `The existing migrations do not run: ${file}:${line}: ${message}`, failed: true };
        } catch (thrown) {
          if (!(thrown instanceof EngineEnded)) throw thrown;
          return { text: `${thrown.ending}: ${thrown.message}`, failed: true };
        }
      });
    },
    async advise(input) {
      await loadParsers();
      const query = explainableQuery(input.query);
      if ('refusal' in query) return unadvised(query.refusal);
      const texts = [input.schema ?? '', ...input.base.map(({ sql }) => sql)];
      return pool.with(modulesNeededBy(texts), (session) => advise(session, input, query.sql, log));
    },
    close: () => pool.close(),
  };
}

type Walked = Omit<WalkOutcome, 'code'>;

/** Rows that were made up must not condemn a plan: where one fails on them, it is carried out on empty tables. */
async function onRowsOrNone(on: (rows: boolean) => Promise<WalkOutcome>): Promise<Walked> {
  const { code, ...designed } = await on(true);
  if (code === undefined || !dependsOnRows(code) || !mayFailOnRows(designed.plan)) return designed;
  const { code: _code, ...onNone } = await on(false);
  const { failure } = designed.proof;
  const remark = `step ${failure?.step} fails on made-up rows (${failure?.message}), so the plan was carried out on empty tables: whether it stands the real rows is not known`;
  return { ...onNone, proof: { ...onNone.proof, remarks: [remark] } };
}

/** Whether a plan came where it was to, and back, and is such as our own rules would have it. */
function holds({ plan, proof }: Walked): boolean {
  const { failure, differences, findings = [], remarks = [], reachedDesired, reverted } = proof;
  if (failure !== undefined || reverted === false || findings.length + remarks.length > 0) return false;
  return plan.unsupported.length > 0 || (reachedDesired && differences.length === 0);
}

function textsOf({ schema = '', base }: Schema): readonly string[] {
  return [schema, ...base.map(({ sql }) => sql)];
}
