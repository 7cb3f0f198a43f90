import '../bin/compile-cache.cjs';

// After the line above, so that these are kept too.
const { start } = await import('./cli/start.ts');
await start();
