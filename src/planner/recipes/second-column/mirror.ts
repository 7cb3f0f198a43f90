import { draftOf } from '../../../sql/apply/draft.ts';
import { applyTo } from '../../../sql/apply/index.ts';
import { constraintInvolves, indexInvolves, withRenamedColumn } from '../../../sql/apply/table-edits.ts';
import type { Table } from '../../../sql/catalog.ts';
import type { ChangeBody, Column } from '../../../sql/change.ts';
import type { ObjectName } from '../../../sql/name.ts';
import type { Criterion } from '../../plan.ts';
import type { Draft, Unsupported } from '../../recipe.ts';
import type { Situation } from '../../situation.ts';
import { setNotNull } from '../set-not-null.ts';
import { mirrorConstraint } from './mirror-constraint.ts';
import { mirrorIndex } from './mirror-index.ts';
import { mirrorReference, referencesTo } from './mirror-reference.ts';
import type { Move } from './moves.ts';

export interface Pair {
  readonly table: Table;
  readonly old: Column;
  /** The column that takes the old one's place. */
  readonly new: Column;
  /** Their names once it has taken it. */
  readonly oldName: string;
  readonly finalName: string;
}

/** The same thing of a table three times: for the new column, for the old one once it has made room, and as it is in the end. */
export interface Versions<Thing> {
  readonly given: Thing;
  readonly twin: Thing;
  readonly kept: Thing;
  readonly final: Thing;
}

/** Something that stands on a column, once more on another. */
export interface Part {
  /** Makes it under a temporary name while both columns are in use. */
  readonly builds: readonly Draft[];
  readonly change?: ChangeBody;
  /** Goes first in the switch: what would keep the old column's things from going. */
  readonly releases?: readonly Move[];
  /** Gives the old thing's name or place to the new one. */
  readonly moves: readonly Move[];
  /** Makes the old thing again, under the name that the moves gave it. */
  readonly remake: readonly string[];
  readonly criteria: readonly Criterion[];
  /** Another table that the switch has to lock. */
  readonly locks?: readonly ObjectName[];
  /** Another table that the drop of the old column has to lock. */
  readonly dropLocks?: readonly ObjectName[];
}

export type Mirror = Required<Omit<Part, 'change'>>;

/** NOT NULL, indexes, keys, checks and foreign keys of the old column on the new one, each by its own recipe. */
export function mirror(pair: Pair, situation: Situation): Mirror | Unsupported {
  const { table, old } = pair;
  const catalog = draftOf(situation.catalog);
  const now: Situation = { ...situation, catalog };
  const parts: Part[] = [];
  const problems: string[] = [];
  const take = (part: Part | Unsupported): void => {
    if ('unsupported' in part) problems.push(part.unsupported);
    else {
      parts.push(part);
      if (part.change !== undefined) applyTo(catalog, part.change);
    }
  };
  applyTo(catalog, {
    kind: 'add-column',
    table: table.name,
    column: { ...pair.new, nullable: true },
    ifNotExists: false,
  });
  const [twin, kept, final] = [pair.new.name, pair.oldName, pair.finalName].map((name) =>
    withRenamedColumn(table, old.name, name),
  ) as [Table, Table, Table];

  if (!old.nullable) take(required(pair, now));
  for (const [at, given] of table.indexes.entries()) {
    if (given.invalid === true || !indexInvolves(given, old.name)) continue;
    const versions = { given, twin: twin.indexes[at], kept: kept.indexes[at], final: final.indexes[at] };
    take(mirrorIndex(versions as Versions<typeof given>, now));
  }
  for (const [at, given] of table.constraints.entries()) {
    if (given.kind === 'not-null' || !constraintInvolves(given, old.name)) continue;
    const versions = { given, twin: twin.constraints[at], kept: kept.constraints[at], final: final.constraints[at] };
    take(mirrorConstraint(versions as Versions<typeof given>, pair, now));
  }
  for (const [at, reference] of referencesTo(table, old.name, situation.catalog).entries())
    take(mirrorReference(reference, pair, now, at > 0));

  if (problems.length > 0) return { unsupported: problems.join('; ') };
  return {
    builds: parts.flatMap(({ builds }) => builds.map(inBackground)),
    releases: parts.flatMap(({ releases = [] }) => releases),
    moves: parts.flatMap(({ moves }) => moves),
    remake: parts.flatMap(({ remake }) => remake),
    criteria: parts.flatMap(({ criteria }) => criteria),
    locks: parts.flatMap(({ locks = [] }) => locks),
    dropLocks: parts.flatMap(({ dropLocks = [] }) => dropLocks),
  };
}

function required({ table, new: column }: Pair, situation: Situation): Part {
  const change = { kind: 'set-not-null', table: table.name, column: column.name } as const;
  return { builds: setNotNull(change, situation), change, moves: [], remake: [], criteria: [] };
}

/** The trigger gives every new row a value, so that no code fails for one that it does not know. */
function inBackground(draft: Draft): Draft {
  return { ...draft, phase: 'migrate', hazards: draft.hazards.filter((hazard) => hazard !== 'breaks-running-code') };
}
