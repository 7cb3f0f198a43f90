import { compareTexts } from '../versions.ts';
import { lastSegment, type MigrationTool, type Part, parent, writePlain } from './tool.ts';

const roles: Readonly<Record<string, Part['role']>> = {
  'up.sql': 'up',
  'down.sql': 'down',
  'metadata.toml': 'metadata',
};

/**
 * `migrations/2024-01-02-030405_name/up.sql` with `down.sql` and perhaps `metadata.toml` (diesel_migrations documentation).
 * The version is the folder's name up to the underscore, without hyphens, compared as text.
 *
 * Each migration runs in its own transaction, unless `metadata.toml` says `run_in_transaction = false`
 * (diesel, `MigrationMetadata::run_in_transaction`).
 */
export const diesel: MigrationTool = {
  id: 'diesel',
  firstVersion: 'timestamp',
  compare: (one, other) => compareTexts(one.version, other.version),

  part({ folder, base }): Part | undefined {
    const role = roles[base];
    const own = lastSegment(folder);
    if (role === undefined || !/^\d/.test(own)) return undefined;
    const [version = '', ...name] = own.split('_');
    return { directory: parent(folder), version: version.replaceAll('-', ''), name: name.join('_'), role };
  },

  read({ up, down, metadata = '' }) {
    const transaction = !/^\s*run_in_transaction\s*=\s*false\b/m.test(metadata);
    return down === undefined ? { sql: up, transaction } : { sql: up, transaction, down, downTransaction: transaction };
  },

  paths({ version, words, last }) {
    const hyphens = last === undefined || /^\d{4}-\d{2}-\d{2}-\d{6}/.test(lastSegment(parent(last.up)));
    const stamp = hyphens ? version.replace(/^(\d{4})(\d{2})(\d{2})(\d{6})$/, '$1-$2-$3-$4') : version;
    const folder = `${stamp}_${words.join('_')}`;
    return { up: `${folder}/up.sql`, down: `${folder}/down.sql` };
  },

  write(draft, paths) {
    const files = writePlain(draft, paths);
    if (draft.transaction) return files;
    return [...files, { path: `${parent(paths.up)}/metadata.toml`, text: 'run_in_transaction = false\n' }];
  },
};
