import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one whole process took: seconds, and megabytes of resident memory at its peak. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

const clock = '/usr/bin/time';

/** Runs a command to its end under GNU time, which alone sees the memory and the children of another process. */
function costOf(command: readonly string[]): Cost {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const report = join(directory, 'time');
  try {
    const { error } = spawnSync(clock, ['-o', report, '-f', '%e %U %S %M', ...command], { stdio: 'ignore' });
    if (error !== undefined) throw error;
    // A command that found something ends with a status of its own, which is said on a line before.
    const figures = readFileSync(report, 'utf8').trim().split('\n').at(-1) ?? '';
    const [wall = 0, user = 0, system = 0, kilobytes = 0] = figures.split(' ').map(Number);
    return { wall, cpu: user + system, memory: kilobytes / 1024 };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Runs commands in turn (A B A B ...), once to warm up and then `runs` times; the median of each figure for each. */
export function inTurn(commands: readonly (readonly string[])[], runs: number): readonly Cost[] {
  if (!existsSync(clock)) throw new Error(`${clock} is missing: install GNU time (Debian: apt-get install time)`);
  for (const command of commands) costOf(command);
  const rounds = Array.from({ length: runs }, () => commands.map(costOf));
  return commands.map((_, index) => {
    const costs = rounds.flatMap((round) => round[index] ?? []);
    return {
      wall: median(costs.map(({ wall }) => wall)),
      cpu: median(costs.map(({ cpu }) => cpu)),
      memory: median(costs.map(({ memory }) => memory)),
    };
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
