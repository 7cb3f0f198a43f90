import type { Change, ChangeKind, ChangeOf, Script } from '../change.ts';

/** The changes of these kinds that a file makes itself, in order; not those in the bodies of functions, which run later. */
export function changesOf<const Kind extends ChangeKind>(
  { statements }: Script,
  kinds: readonly Kind[],
): readonly ChangeOf<Kind>[] {
  const found: ChangeOf<Kind>[] = [];
  for (const { changes } of statements) {
    for (const change of changes) {
      if (change.within === undefined && isOne(change, kinds)) found.push(change);
    }
  }
  return found;
}

function isOne<Kind extends ChangeKind>(change: Change, kinds: readonly Kind[]): change is ChangeOf<Kind> {
  return (kinds as readonly ChangeKind[]).includes(change.kind);
}
