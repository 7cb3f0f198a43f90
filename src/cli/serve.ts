import { messageOf, TerminalError } from '../kernel/errors.ts';
import { startServer } from '../server/server.ts';
import { settingsFrom } from '../server/settings.ts';

/** `database-lead serve`: the App's server, until it is told to stop. Returns the exit code. */
export async function serveUntilStopped(env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const server = await startServer(settingsFrom(env));
    await stopSignal();
    await server.stop();
    return 0;
  } catch (error) {
    const remedy = error instanceof TerminalError ? `\n${error.remedy}.` : '';
    console.error(`database-lead: ${messageOf(error)}${remedy}`);
    return error instanceof TerminalError ? 2 : 1;
  }
}

/** Resolves at the first signal to stop; a second one ends the process at once. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}
