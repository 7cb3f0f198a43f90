import { sentWhole } from '../sections.ts';
import { compareTexts } from '../versions.ts';
import { lastSegment, type MigrationTool, type Part, parent, writePlain } from './tool.ts';

/**
 * `migrations/20240102030405_name/migration.sql`, in the order of the folders' names as text; there is no way back
 * (Prisma documentation, "About migration histories").
 *
 * The PostgreSQL connector sends the file in one message, so several statements are one transaction and CREATE INDEX
 * CONCURRENTLY must be alone in its file (prisma/prisma#22922). Prisma 7.4 and later split such files
 * (prisma/prisma-engines#5767); a repository's files do not tell the version that runs them, so the older answer stands.
 */
export const prisma: MigrationTool = {
  id: 'prisma',
  firstVersion: 'timestamp',
  compare: (one, other) => compareTexts(one.version, other.version),
  read: sentWhole,
  write: writePlain,

  part({ folder, base }): Part | undefined {
    if (base !== 'migration.sql' || folder === '') return undefined;
    const own = lastSegment(folder);
    return { directory: parent(folder), version: own, name: own.replace(/^\d+[_-]?/, ''), role: 'up' };
  },

  paths: ({ version, words }) => ({ up: `${version}_${words.join('_')}/migration.sql` }),
};
