import { sentWhole } from '../sections.ts';
import { flatCompare } from './flat.ts';
import { type MigrationTool, type Part, writePlain } from './tool.ts';

const form = /^([vV]?\d[\d.]*)(?:[._-]+(.*?))?\.(up|down)\.sql$/;

/**
 * `000001_name.up.sql` and `000001_name.down.sql`, one folder, in the order of their numbers (golang-migrate, MIGRATIONS.md);
 * also with a dot or a leading V, as runners that borrowed the layout write it.
 *
 * The tool opens no transaction, but its PostgreSQL driver sends the file in one message, and PostgreSQL runs several
 * statements of one message as one transaction: CREATE INDEX CONCURRENTLY works alone in its file and fails beside another
 * statement (golang-migrate/migrate#284).
 */
export const golangMigrate: MigrationTool = {
  id: 'golang-migrate',
  firstVersion: '000001',
  compare: flatCompare,
  read: sentWhole,
  write: writePlain,

  part({ folder, base }): Part | undefined {
    const [, version, name = '', role] = form.exec(base) ?? [];
    if (version === undefined) return undefined;
    return { directory: folder, version: version.replace(/\.$/, ''), name, role: role === 'up' ? 'up' : 'down' };
  },

  paths({ version, words, last }) {
    const lead = last === undefined ? '_' : leadOf(last.up);
    const name = `${version}${lead}${isPascal(last?.name) ? pascal(words) : words.join('_')}`;
    return { up: `${name}.up.sql`, down: `${name}.down.sql` };
  },
};

function leadOf(path: string): string {
  return /(?:^|\/)[vV]?\d[\d.]*?([._-]+)[^/]*\.up\.sql$/.exec(path)?.[1] ?? '_';
}

function isPascal(name: string | undefined): boolean {
  return name !== undefined && /^[A-Z][A-Za-z0-9]*[a-z]/.test(name) && !/[_-]/.test(name);
}

function pascal(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
