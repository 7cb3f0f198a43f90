import { lintCommand, lintUsage } from './cli/lint.ts';
import { rulesCommand, rulesUsage } from './cli/rules.ts';
import { sandboxCommand, sandboxUsage } from './cli/sandbox.ts';
import { schemaCommand, schemaUsage } from './cli/schema.ts';
import { serveUntilStopped } from './cli/serve.ts';
import { messageOf, TerminalError } from './kernel/errors.ts';

const usage = [
  'Usage:',
  `  ${lintUsage}`,
  `  ${schemaUsage}`,
  `  ${rulesUsage}`,
  `  ${sandboxUsage}`,
  '  database-lead serve',
].join('\n');

/** The command line. 0: fine, 1: something blocks or failed, 2: wrong use or unreadable input. */
async function run([command, ...args]: readonly string[]): Promise<number> {
  switch (command) {
    case 'lint':
      return lintCommand(args);
    case 'schema':
      return schemaCommand(args);
    case 'rules':
      return rulesCommand(args);
    case 'sandbox':
      return sandboxCommand(args);
    case 'serve':
      return serveUntilStopped(process.env);
    case 'help':
    case '--help':
    case undefined:
      process.stdout.write(`${usage}\n`);
      return command === undefined ? 2 : 0;
    default:
      console.error(`database-lead: there is no command ${command}\n${usage}`);
      return 2;
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(`database-lead: ${messageOf(error)}${error instanceof TerminalError ? `\n${error.remedy}` : ''}`);
  process.exitCode = error instanceof TerminalError ? 2 : 1;
}
