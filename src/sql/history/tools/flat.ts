import { compareTexts, compareVersions } from '../versions.ts';
import { lastSegment, type MigrationTool, type Naming, type Part, type PathParts } from './tool.ts';

/** A date that the file name breaks up, a dotted version, or a number. */
const version = String.raw`[vV]?(\d{4}[-_]\d{2}[-_]\d{2}(?:[-_T]\d{2,6})*|\d+(?:\.\d+)*)`;
const form = new RegExp(`^${version}(?:[._-]+(.*?))?(?:[._](down|undo|rollback))?\\.sql$`);

/** `001_name.sql`, `20240102030405-name.sql`, `2024-01-02_name.sql`: the layout that several tools share. */
export function flatPart({ folder, base }: PathParts): Part | undefined {
  const [, number, name = '', back] = form.exec(base) ?? [];
  if (number === undefined || base.endsWith('.up.sql') || isFlyway(base)) return undefined;
  return { directory: folder, version: number, name, role: back === undefined ? 'up' : 'down' };
}

/** By number, then by file name: what is certain first, and then as a folder is listed. */
export const flatCompare: MigrationTool['compare'] = (one, other) =>
  compareVersions(one.version, other.version) || compareTexts(one.up, other.up);

/** One file, written as the last one is. */
export function flatPaths({ version: number, words, last, reversible }: Naming): { up: string; down?: string } {
  const before = last === undefined ? '' : lastSegment(last.up);
  const [, letter = '', , lead = '_'] = /^([vV]?)(\d[\d.T_-]*?)([._-]+)(?=[^\d])/.exec(before) ?? [];
  const joint = (last?.name ?? '').includes('-') && !(last?.name ?? '').includes('_') ? '-' : '_';
  const name = `${letter}${number}${lead}${words.join(joint)}`;
  const back =
    last?.down === undefined || last.down === last.up ? undefined : /\.(down|undo|rollback)\.sql$/.exec(last.down)?.[1];
  return reversible && back !== undefined ? { up: `${name}.sql`, down: `${name}.${back}.sql` } : { up: `${name}.sql` };
}

/** Two underscores after a version with a letter are Flyway's alone. */
function isFlyway(base: string): boolean {
  return /^[VU]\d+(?:[._]\d+)*__/.test(base);
}
