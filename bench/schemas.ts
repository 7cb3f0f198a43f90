import { readFileSync } from 'node:fs';
import { createEngines } from '../src/engines/engines.ts';
import { type Log, silentLog } from '../src/kernel/log.ts';
import { noAnswers } from '../src/planner/schemas/index.ts';
import { print, round } from './figures.ts';
import { schemaPair } from './schema-pair.ts';

/** Planning and proving the way between two schemas, on a first engine and on one that is open already. */
export async function schemas(): Promise<void> {
  const sizes = process.argv.slice(3).map(Number);
  for (const tables of sizes.length === 0 ? [10, 100, 1_000] : sizes) {
    const stages = new Map<string, Stage>();
    const engines = createEngines({ log: { ...silentLog, debug: noting(stages) } });
    const { current, desired } = schemaPair(tables);
    const design = async (run: string) => {
      stages.clear();
      const started = performance.now();
      const before = processorSeconds();
      const peak = watchMemory();
      const { plan, proof, questions } = await engines.of('postgresql').design({
        current: { schema: current, base: [] },
        desired: { schema: desired, base: [] },
        options: { engine: 'postgresql', version: 18, answers: noAnswers },
      });
      const wall = performance.now() - started;
      const said = [proof.failure?.message, ...proof.differences, ...questions.map(({ text }) => text)];
      const parts = [...stages].map(([name, { ms, own, engine }]): readonly [string, string] => [
        `  ${name}`,
        `${round(ms / 1000)} s; processor ${round(own)} + ${round(engine)} s`,
      ]);
      print(`${tables} tables, ${run}`, {
        steps: plan.steps.length,
        rows: proof.rows,
        'reached and reverted': proof.reachedDesired && proof.reverted !== false ? 'yes' : `NO: ${said.join('; ')}`,
        'wall, s': round(wall / 1000),
        'processor of this process, s': round(processorSeconds() - before),
        'memory of the engine at its peak, MB': peak(),
        ...Object.fromEntries(parts),
      });
    };
    try {
      await design('first');
      // The next database opens by itself while the last one is used; on a small schema that may take longer than the run.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      await design('warm');
    } finally {
      await engines.close();
    }
  }
}

interface Stage {
  ms: number;
  /** Seconds of the processor, in this process and in the engine's. */
  own: number;
  engine: number;
}

/** What a design says of its stages, each added up; the seconds of the processor are those since the stage before. */
function noting(stages: Map<string, Stage>): Log['debug'] {
  let own = processorSeconds();
  let engine = engineSeconds();
  return (facts) => {
    const { stage, ms } = facts as { readonly stage?: string; readonly ms?: number };
    if (stage === undefined) return;
    const known = stages.get(stage) ?? { ms: 0, own: 0, engine: 0 };
    const now = engineSeconds();
    known.ms += ms ?? 0;
    known.own += processorSeconds() - own;
    // Another process has begun with its opening, which is part of the stage.
    known.engine += now.pid === engine.pid ? now.seconds - engine.seconds : now.seconds;
    own = processorSeconds();
    engine = now;
    stages.set(stage, known);
  };
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

/** Of the process that works: the one behind it in the list only opens the next database. */
function engineSeconds(): { readonly pid: string | undefined; readonly seconds: number } {
  const [pid] = children();
  if (pid === undefined) return { pid, seconds: 0 };
  const [, , user = 0, system = 0] = /^(.*\) )(?:\S+ ){11}(\d+) (\d+)/.exec(readOrNothing(`/proc/${pid}/stat`)) ?? [];
  return { pid, seconds: (Number(user) + Number(system)) / 100 };
}

/** The largest resident memory of a child until it is asked for, in MB. */
function watchMemory(): () => number {
  let peak = 0;
  const look = setInterval(() => {
    for (const pid of children()) {
      const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readOrNothing(`/proc/${pid}/status`))?.[1];
      peak = Math.max(peak, Math.round(Number(kilobytes ?? 0) / 1024));
    }
  }, 100);
  return () => {
    clearInterval(look);
    return peak;
  };
}

function children(): readonly string[] {
  return readOrNothing(`/proc/${process.pid}/task/${process.pid}/children`).trim().split(' ').filter(Boolean);
}

/** A process may end between being found and being read. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
