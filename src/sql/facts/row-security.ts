import type { Policy, Table } from '../catalog.ts';
import type { Change, ChangeKind, ChangeOf, Script } from '../change.ts';
import { keyOf, type ObjectName } from '../name.ts';
import type { FileContext } from '../rule.ts';

/** Whether an expression is true of every row: `true`, `(SELECT true)`, `1 = 1`, `owner = 1 OR true`. */
export function isAlwaysTrue(expression: string | undefined): boolean {
  if (expression === undefined) return false;
  const inner = expression
    .replace(/::\s*bool(?:ean)?\b|[()]/gi, ' ')
    .trim()
    .toLowerCase();
  if (/^(?:select\s+)?(?:true|not\s+false|'t'|'true'|'on'|'1')$/.test(inner) || /^(\d+|'[^']*')\s*=\s*\1$/.test(inner))
    return true;
  // With an AND, one would have to know what it joins.
  return /^true\s+or\b|\bor\s+true$/.test(inner) && !/\band\b|'/.test(inner);
}

/** Whether a policy lets rows pass by itself: a restrictive one only takes away from what others let pass. */
export function isOpenTo(policy: Policy, deed: 'read' | 'write'): boolean {
  if (!policy.permissive) return false;
  const { command, using, withCheck } = policy;
  if (deed === 'read') return command === 'select' && isAlwaysTrue(using);
  if (command === 'select') return false;
  // Where there is no WITH CHECK, USING decides about new rows as well (manual, CREATE POLICY).
  return isAlwaysTrue(using) || isAlwaysTrue(withCheck);
}

/** Whether the table has a policy that takes rows away again. */
export function isRestricted({ policies = [] }: Pick<Table, 'policies'>): boolean {
  return policies.some(({ permissive }) => !permissive);
}

/** The changes of one kind that happen when the script runs. */
export function changesOf<Kind extends ChangeKind>(
  script: Script,
  ...kinds: readonly Kind[]
): readonly ChangeOf<Kind>[] {
  const wanted: ReadonlySet<string> = new Set(kinds);
  const found: Change[] = [];
  for (const { changes } of script.statements) {
    for (const change of changes) if (wanted.has(change.kind) && change.within === undefined) found.push(change);
  }
  return found as unknown as readonly ChangeOf<Kind>[];
}

/** The last files of a run that give a table a policy, and that switch its row security on. */
interface Protection {
  readonly policies: ReadonlyMap<string, number>;
  readonly enabled: ReadonlyMap<string, number>;
}

/** One look through a run serves every file of it. */
const known = new WeakMap<readonly Script[], Protection>();

/** Whether a later file of the run makes a policy for the table, or switches its row security on. */
export function isAhead(what: keyof Protection, { scripts, index }: FileContext, table: ObjectName): boolean {
  const found = known.get(scripts) ?? protectionIn(scripts);
  known.set(scripts, found);
  return (found[what].get(keyOf(table)) ?? -1) > index;
}

function protectionIn(scripts: readonly Script[]): Protection {
  const policies = new Map<string, number>();
  const enabled = new Map<string, number>();
  scripts.forEach((script, file) => {
    for (const change of changesOf(script, 'create-policy', 'set-row-security')) {
      if (change.kind === 'create-policy') policies.set(keyOf(change.table), file);
      else if (change.enabled === true) enabled.set(keyOf(change.table), file);
    }
  });
  return { policies, enabled };
}

/** Whether a script runs SQL that nobody can see in it, such as a loop that switches row security on for every table. */
export function runsUnseen(script: Script): boolean {
  return changesOf(script, 'dynamic-sql').length > 0;
}
