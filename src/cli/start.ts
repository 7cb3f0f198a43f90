import { bearBrokenPipes } from './output.ts';
import { runCommand } from './run.ts';

/** Runs the command line of this process. */
export async function start(): Promise<void> {
  bearBrokenPipes();
  process.exitCode = await runCommand(process.argv.slice(2));
}
