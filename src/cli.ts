import '../bin/compile-cache.js';

// After the line above, so that these are kept too.
const { bearBrokenPipes } = await import('./cli/output.ts');
const { runCommand } = await import('./cli/run.ts');
bearBrokenPipes();
process.exitCode = await runCommand(process.argv.slice(2));
