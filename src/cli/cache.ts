import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the command keeps what it can make again: a place of the person's own, beside the compiled code (bin/compile-cache.js). */
export function cacheDirectory(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'database-lead');
}
