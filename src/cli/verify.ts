import { createEngines } from '../engines/engines.ts';
import { unreachable } from '../kernel/errors.ts';
import { silentLog } from '../kernel/log.ts';
import type { VerifyReport } from '../planner/evidence.ts';
import { baseCount } from './base.ts';
import { verifyText } from './formats/verify-text.ts';
import { readSources } from './inputs/read.ts';
import { print, remark } from './output.ts';
import { engineOption, oneOf, readArguments, UsageError } from './usage.ts';

const formats = ['text', 'json'] as const;

const options = {
  migrations: { type: 'string' },
  base: { type: 'string', default: '0' },
  engine: { type: 'string' },
  format: { type: 'string', default: 'text' },
} as const;

/**
 * `database-lead verify`: runs migrations on a throwaway engine, those after `--base` up, down and up again. 0: all of it went
 * well, 1: something did not, 2: nothing could be run.
 */
export async function verifyCommand(args: readonly string[], usage: string): Promise<number> {
  const { values, positionals } = readArguments(args, options, usage);
  const [stray] = positionals;
  if (stray !== undefined) throw new UsageError(`"${stray}" belongs to no option`, `Usage: ${usage}`);
  if (values.migrations === undefined) throw new UsageError('no migrations named', `Usage: ${usage}`);
  const format = oneOf(formats, values.format, '--format');

  const wanted = engineOption(values.engine);
  const { engine, migrations, errors, notes } = await readSources([values.migrations], { ...wanted, down: true });
  for (const note of notes) remark(note);
  // A history with a hole proves nothing.
  const [unread] = errors;
  if (unread !== undefined)
    throw new UsageError(`${unread.file}: ${unread.message}`, 'Every migration must be readable');

  const count = baseCount(values.base, migrations);
  const engines = createEngines({ log: silentLog });
  try {
    const report = await engines.of(engine).verify({
      base: migrations.slice(0, count),
      migrations: migrations.slice(count),
      criteria: [],
    });
    await print(render(report, format));
    return exitCode(report);
  } finally {
    await engines.close();
  }
}

function render(report: VerifyReport, format: (typeof formats)[number]): string {
  switch (format) {
    case 'text':
      return verifyText(report);
    case 'json':
      return JSON.stringify(report, null, 2);
    default:
      return unreachable(format);
  }
}

function exitCode({ notExecuted, failed, roundTrip, criteria }: VerifyReport): number {
  if (notExecuted !== undefined) {
    remark(notExecuted);
    return 2;
  }
  const wentBack = roundTrip.down === 'none' || (roundTrip.down === 'ok' && roundTrip.differences.length === 0);
  return failed === null && wentBack && criteria.every(({ pass }) => pass) ? 0 : 1;
}
