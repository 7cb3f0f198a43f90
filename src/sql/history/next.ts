import type { Clock } from '../../kernel/clock.ts';
import type { History } from './history.ts';
import { toolOf } from './tools/index.ts';
import { versionAfter } from './versions.ts';

/** Longer names hit the limits of file systems and of the tools' own tables. */
const MAX_NAME = 60;

/**
 * The path that a new migration takes in the convention of a history: the next number or the current time (UTC, later than
 * the last migration in any case), and the title as words. `down` where the history has ways back.
 */
export function nameNext(history: History, title: string, clock: Clock): { up: string; down?: string } {
  const tool = toolOf(history.tool);
  const versioned = history.entries.filter(({ version }) => /\d/.test(version));
  const last = versioned.at(-1);
  const now = clock.now();
  const version =
    last === undefined
      ? tool.firstVersion === 'timestamp'
        ? now.toISOString().replace(/\D/g, '').slice(0, 14)
        : tool.firstVersion
      : versionAfter(leadingVersion(last.version), now);
  const reversible = versioned.some(({ down }) => down !== undefined);
  const { up, down } = tool.paths({ version, words: wordsOf(title), last, reversible });
  const prefix = history.directory === '' ? '' : `${history.directory}/`;
  return down === undefined ? { up: prefix + up } : { up: prefix + up, down: prefix + down };
}

/** The number of a version that has more in it (Prisma's is the whole folder name). */
function leadingVersion(version: string): string {
  return /^[vV]?\d[\d.T_-]*(?<![._-])/.exec(version)?.[0] ?? version;
}

function wordsOf(title: string): readonly string[] {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const kept: string[] = [];
  let length = 0;
  for (const word of words ?? []) {
    length += word.length + 1;
    if (length > MAX_NAME) break;
    kept.push(word);
  }
  return kept.length > 0 ? kept : ['change'];
}
