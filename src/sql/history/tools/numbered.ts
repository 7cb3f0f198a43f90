import { sentWhole } from '../sections.ts';
import { flatCompare, flatPart, flatPaths } from './flat.ts';
import { readMarked } from './marks.ts';
import { type MigrationTool, writePlain } from './tool.ts';

/**
 * Plain numbered files whose runner the repository's paths do not tell. A file that carries a tool's marks is read as that
 * tool's. Every other is taken to be sent in one message: what most runners do at least, and what makes several statements one
 * transaction.
 */
export const numbered: MigrationTool = {
  id: 'numbered',
  firstVersion: '0001',
  part: flatPart,
  compare: flatCompare,
  paths: flatPaths,
  write: writePlain,

  read(texts) {
    const marked = readMarked(texts);
    if (marked === undefined) return sentWhole(texts);
    // Marks on how a file runs may stand in one that has its way back beside it.
    if (marked.down !== undefined || texts.down === undefined) return marked;
    return { ...marked, down: texts.down, downTransaction: marked.downTransaction ?? marked.transaction };
  },
};
