import type { DoStmt } from 'libpg-query';
import { bodyAt, finderIn } from './body.ts';
import type { ReadStatement } from './code.ts';
import { isTooMuchCode } from './depth.ts';
import { plpgsqlOf } from './library.ts';
import { allOf, as } from './nodes.ts';
import { changesOfCode } from './plpgsql.ts';
import type { Read, Reading } from './reading.ts';

/** DO runs procedural code, now and in one transaction. Code in a language that we do not know, or with a mistake, is `other` as a whole. */
export function doBlock(node: DoStmt, reading: Reading, read: ReadStatement): readonly Read[] {
  const options = allOf(node.args, 'DefElem');
  const option = (name: string) => options.find(({ defname }) => defname === name);
  const text = (name: string) => as(option(name)?.arg, 'String')?.sval;
  const isReadable = (text('language') ?? 'plpgsql') === 'plpgsql' && !isTooMuchCode(text('as') ?? '');
  const tree = isReadable ? plpgsqlOf(reading.sql) : undefined;
  const body = bodyAt(reading, option('as')?.location);
  if (tree === undefined || body === undefined) return [{ kind: 'other', what: 'DO' }];
  return changesOfCode(tree, reading, finderIn(body), read).map((change) =>
    change.within === undefined ? { ...change, inBlock: true } : change,
  );
}
