import { sentWhole } from '../sections.ts';
import { isDbmate, readDbmate } from './dbmate.ts';
import { flatCompare, flatPart, flatPaths } from './flat.ts';
import { isGoose, readGoose } from './goose.ts';
import type { MigrationTool } from './tool.ts';

/**
 * Plain numbered files whose runner the repository's paths do not tell. A file that carries goose's or dbmate's marks is
 * read as theirs. Every other is taken to be sent in one message: what most runners do at least, and what makes several
 * statements one transaction. `-- no-transaction` in the first line (sqlx) says that it is not.
 */
export const numbered: MigrationTool = {
  id: 'numbered',
  firstVersion: '0001',
  part: flatPart,
  compare: flatCompare,
  paths: flatPaths,

  read(texts) {
    if (isGoose(texts.up)) return readGoose(texts);
    if (isDbmate(texts.up)) return readDbmate(texts);
    const directions = sentWhole(texts);
    return /^\uFEFF?--\s*no-transaction\b/.test(texts.up) ? { ...directions, transaction: false } : directions;
  },
};
