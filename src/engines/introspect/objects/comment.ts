import type { Row } from '../../session.ts';
import { type Draft, facet } from './draft.ts';

/** The comments on objects that are described, and on the parts of those that are no objects of their own. */
export function commentOn(drafts: readonly Draft[], comments: readonly Row[]): readonly Draft[] {
  const known = new Map(drafts.flatMap((draft) => draft.addresses.map((address) => [address, draft] as const)));
  return comments.flatMap((row) => {
    const exact = known.get(String(row.address));
    // The address of a domain's constraint leads to the domain; that of an index to nothing where a constraint owns it.
    const named = row.part === null || exact?.object.key === row.part ? exact : undefined;
    if (named?.target !== undefined) return [comment(named.object.key, named.target, row, named.object.key)];
    if (row.part === null) return [];
    const owner = exact ?? known.get(String(row.whole));
    return [comment(String(row.part), String(row.part_target), row, owner?.object.key)];
  });
}

function comment(on: string, target: string, { text, literal }: Row, of: string | undefined): Draft {
  const set = [`COMMENT ON ${target} IS ${String(literal)}`];
  return facet({
    key: `comment on ${on}`,
    kind: 'comment',
    definition: String(text),
    create: set,
    replace: set,
    drop: [`COMMENT ON ${target} IS NULL`],
    needs: [],
    ...(of === undefined ? {} : { of }),
  });
}
