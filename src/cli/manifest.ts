import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What the App asks of GitHub, as `app.yml` has it: the sandbox grants exactly that. */
export async function appManifest(): Promise<{
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
  readonly events: readonly string[];
}> {
  const manifest = parse(await readFile(join(import.meta.dirname, '../../app.yml'), 'utf8'));
  return { permissions: manifest.default_permissions, events: manifest.default_events };
}
