import { sentWhole } from '../sections.ts';
import { flatCompare, flatPart, flatPaths } from './flat.ts';
import { readMarked } from './marks.ts';
import type { MigrationTool } from './tool.ts';

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
  read: (texts) => readMarked(texts) ?? sentWhole(texts),
};
