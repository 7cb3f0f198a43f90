import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Stripping the types of a hundred files is most of the time that a short command takes. The cache is the person's own:
// Node's default place is one that everybody can write to. Where it cannot be made, nothing is cached.
enableCompileCache(join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'database-lead'));

// After the line above, so that these are cached too.
const { bearBrokenPipes } = await import('./cli/output.ts');
const { runCommand } = await import('./cli/run.ts');
bearBrokenPipes();
process.exitCode = await runCommand(process.argv.slice(2));
