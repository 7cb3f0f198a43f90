import type { Log } from '../../kernel/log.ts';
import { loadParsers } from '../../sql/parsers/index.ts';
import { advise, unadvised } from '../advise/advise.ts';
import { type DesignInput, defaultLimits, type Limits, type Schema, type ScratchEngine } from '../port.ts';
import { runBase } from '../run/base.ts';
import { design, designInPassing } from '../run/design.ts';
import { designByPhase } from '../run/design-by-phase.ts';
import { explainAtSizes, explainableQuery, explainQuery } from '../run/explain.ts';
import { dependsOnRows } from '../run/on-rows.ts';
import { mayFailOnRows, prove } from '../run/prove.ts';
import { describeDesired } from '../run/schemas.ts';
import { verify } from '../run/verify.ts';
import { EngineEnded } from '../session.ts';
import { createBases } from './bases.ts';
import { modulesNeededBy } from './extensions.ts';
import { onPrepared } from './on-prepared.ts';
import { createPool } from './pool.ts';

export interface PgliteOptions {
  /** Of one run, from its first statement. */
  readonly limits?: Limits;
  /** Where the template of scratch databases and bases that ran (5 MB each) are kept; without it, one template is made per engine. */
  readonly dataDirectory?: string;
  readonly log: Log;
}

/** PostgreSQL in a throwaway process per run. Starts nothing before its first use, and keeps no process alive by itself. */
export function createPgliteEngine({ limits = defaultLimits, dataDirectory, log }: PgliteOptions): ScratchEngine {
  const bases = createBases(dataDirectory, log);
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
        onPrepared({ pool, bases, log }, input, { extensions: modulesNeededBy(texts), rows }, (session, prepared) =>
          verify(session, input, prepared),
        );
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
      return designByPhase(log, async (inOrderOfGoals, data) => {
        const options: DesignInput['options'] = inOrderOfGoals ? { ...input.options, inOrderOfGoals } : input.options;
        const given = { ...input, options };
        const how = { log, ...(data === undefined ? {} : { data }) };
        const designed = await pool.with(modules, (session) => designInPassing(session, given, how));
        if (designed !== undefined) return designed;
        const desired = await pool.with(modules, (session) => describeDesired(session, given));
        return pool.with(modules, (session) => design(session, given, desired, how));
      });
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

function textsOf({ schema = '', base }: Schema): readonly string[] {
  return [schema, ...base.map(({ sql }) => sql)];
}
