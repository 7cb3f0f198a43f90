import { bearBrokenPipes } from './output.ts';
import { runCommand } from './run.ts';

/** Runs the command line of this process, to the process's end. */
export async function start(): Promise<void> {
  bearBrokenPipes();
  process.exitCode = await runCommand(process.argv.slice(2));
  // Node would take itself down part by part, which costs a short command time. Only what is still on its way to a slow reader,
  // where the system does not write at once, must not be lost.
  if (process.stdout.writableLength + process.stderr.writableLength === 0) process.exit();
}
