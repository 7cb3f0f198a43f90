import { isTable, type Setting } from '../grammar/clause.ts';
import type { Wish } from '../grammar/wish.ts';
import type { Block } from '../text/markdown.ts';
import { wordsOf } from '../text/words.ts';
import { onlyTable } from './context.ts';
import { readList } from './list.ts';
import { type Reading, readText } from './read.ts';

/** The wishes of an issue's words: its title, and the blocks of its body that are prose. */
export function readProse(title: string, blocks: readonly Block[], setting: Setting): Omit<Reading, 'setting'> {
  // A table may be spoken of before the sentence that creates it.
  const first = readOnce(title, blocks, setting);
  const created = first.wishes.flatMap((wish) =>
    wish.kind === 'create-table' && wish.table !== undefined ? [wish.table.toLowerCase()] : [],
  );
  return created.length === 0 ? first : readOnce(title, blocks, { ...setting, newTables: new Set(created) });
}

function readOnce(title: string, blocks: readonly Block[], from: Setting): Omit<Reading, 'setting'> {
  const headline = readText(title, from, { headline: true });
  const about = onlyTable(wordsOf(title), from);
  let base: Setting = about === undefined ? from : { ...from, table: about };
  const wishes: Wish[] = [];
  const notUnderstood: string[] = [];

  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at] as Block;
    if (block.kind === 'code') continue;
    const keyed = block.kind === 'paragraph' ? keyedLines(block) : [];
    const entries =
      keyed.length > 0 ? keyed : listAfter(blocks, block.kind === 'item' || block.kind === 'row' ? at - 1 : at);
    const lead = keyed.length === 0 && (block.kind === 'paragraph' || block.kind === 'heading') ? block.text : '';
    if (block.kind === 'heading') {
      const named = headingTable(block.text, from);
      if (named !== undefined) base = { ...base, table: named };
    }
    const read =
      entries.length > 0 ? readList(lead, entries, base) : readText(lead, base, { headline: block.kind === 'heading' });
    wishes.push(...read.wishes);
    notUnderstood.push(...read.notUnderstood);
    if (keyed.length === 0) at += entries.length - (lead === '' && entries.length > 0 ? 1 : 0);
  }
  // A title sums the body up: what it leaves open is only asked about when the body says nothing.
  return { wishes: [...headline.wishes, ...wishes], notUnderstood };
}

/** A paragraph of lines such as "Table: orders" is a list without its marks. */
function keyedLines({
  text,
  line,
}: Extract<Block, { kind: 'paragraph' }>): readonly Extract<Block, { kind: 'item' }>[] {
  const lines = text.split('\n');
  const isKeyed = lines.length > 1 && lines.every((each) => /^[\p{L} ]{2,20}: \S/u.test(each));
  return isKeyed ? lines.map((each, at) => ({ kind: 'item', text: each, line: line + at })) : [];
}

function listAfter(blocks: readonly Block[], at: number): readonly Extract<Block, { kind: 'item' | 'row' }>[] {
  const entries: Extract<Block, { kind: 'item' | 'row' }>[] = [];
  for (let next = at + 1; next < blocks.length; next++) {
    const block = blocks[next];
    if (block?.kind !== 'item' && block?.kind !== 'row') break;
    entries.push(block);
  }
  return entries;
}

/** A heading that is a table's name gives the section to that table. */
function headingTable(text: string, setting: Setting): string | undefined {
  const bare = text
    .replace(/[`:]/g, '')
    .replace(/\btable\b/i, '')
    .trim();
  return bare !== '' && isTable(setting, bare) ? bare : undefined;
}
