import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { print, round } from './figures.ts';
import { oneFile, writeHistory } from './lint-files.ts';
import { type Cost, inTurn } from './whole-process.ts';

const bin = join(import.meta.dirname, '../bin/database-lead.js');
const ours = [process.execPath, bin, 'lint'];

/**
 * `database-lead lint` beside squawk as whole processes, in alternating runs: a large history against its native program, one
 * file against the command as npm installs it. `CORPUS` names a directory of real histories to lint as well.
 */
export async function lint(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-lint-'));
  try {
    const history = join(directory, 'migrations');
    const statements = writeHistory(history);
    compare(`lint, 2,000 files, ${statements} statements`, [...ours, history], [native(), ...sqlBelow(history)], {
      statements,
      runs: 5,
    });

    const corpus = process.env.CORPUS;
    if (corpus !== undefined)
      compare(`lint, ${corpus}`, [...ours, '--engine', 'postgresql', corpus], [native(), ...sqlBelow(corpus)], {
        runs: 5,
      });

    const file = join(directory, 'one.sql');
    writeFileSync(file, oneFile());
    compare('lint, one file', [...ours, file], [process.execPath, npmCommand(), file], { runs: 15 });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function compare(
  title: string,
  command: readonly string[],
  peer: readonly string[],
  { runs, statements }: { readonly runs: number; readonly statements?: number },
): void {
  const [own, other] = inTurn([command, peer], runs);
  if (own === undefined || other === undefined) return;
  const row = ({ wall, cpu, memory }: Cost) => {
    const rate =
      statements === undefined ? '' : `, ${Math.round(statements / wall).toLocaleString('en-US')} statements/s`;
    return `wall ${wall.toFixed(2)} s, cpu ${cpu.toFixed(2)} s, peak ${Math.round(memory)} MB${rate}`;
  };
  print(`${title} (median of ${runs})`, {
    'database-lead': row(own),
    squawk: row(other),
    ratio: `wall ${round(own.wall / other.wall)}, cpu ${round(own.cpu / other.cpu)}`,
  });
}

const require = createRequire(import.meta.url);

/** squawk's own program for this machine, without the script of npm around it. */
function native(): string {
  const folder = dirname(require.resolve(`@squawk-cli/${process.platform}-${process.arch}/package.json`));
  return join(folder, 'bin', process.platform === 'win32' ? 'squawk.exe' : 'squawk');
}

/** The script that npm links as `squawk`. */
function npmCommand(): string {
  const manifest = require('squawk-cli/package.json') as { readonly bin: Readonly<Record<string, string>> };
  return join(dirname(require.resolve('squawk-cli/package.json')), manifest.bin.squawk ?? '');
}

function sqlBelow(directory: string): readonly string[] {
  return globSync('**/*.sql', { cwd: directory })
    .map((file) => join(directory, file))
    .toSorted();
}
