import { serverVersion } from '../enterprise.ts';
import { invalid } from '../refusal.ts';
import type { Site } from '../site.ts';

/** Makes the sandbox an Enterprise Server of this version (`3.17`), or with `null` GitHub.com. 422 for what is no version. */
export function becomeServer(site: Site, version: string | null): void {
  const server = version === null ? null : serverVersion(version);
  if (version !== null && server === null)
    throw invalid(`version ${JSON.stringify(version)} is not like 3.17 or 3.17.2`);
  site.world.server = server;
}
