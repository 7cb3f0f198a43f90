import type { Change, Statement } from '../../sql/change.ts';
import { parse } from '../../sql/parsers/index.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import type { Session } from '../session.ts';

/**
 * Makes the roles that texts name and do not make, as the cluster that they are for has them. The migrator may then act as them: a
 * policy or privilege of a role that is not there is refused.
 */
export async function makeRoles(session: Session, texts: readonly string[]): Promise<void> {
  const changes = texts.flatMap((sql) => parse(sql, 'postgresql').statements.flatMap((statement) => statement.changes));
  const made = new Set(changes.flatMap((change) => (change.kind === 'create-role' ? [change.role] : [])));
  const named = new Set(changes.flatMap(rolesOf).filter((role) => !made.has(role) && !pseudo.has(role)));
  await session.run("SET createrole_self_grant = 'set, inherit'");
  for (const role of named) await session.run(`CREATE ROLE ${quoteIdentifier(role)}`);
}

/** Words that stand for a role without being its name. */
const pseudo: ReadonlySet<string> = new Set(['public', 'current_user', 'current_role', 'session_user']);

function rolesOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'grant':
    case 'revoke':
      return change.grantees;
    case 'create-policy':
    case 'alter-policy':
      return change.roles ?? [];
    case 'grant-role':
    case 'revoke-role':
      return [...change.roles, ...change.grantees];
    default:
      return [];
  }
}

/**
 * Whether a statement of a dump says who owns something, or brings rows. Here one role owns everything, and rows are made up; a
 * plan is about neither.
 */
export function isSurrounding({ sql, changes }: Statement): boolean {
  return (
    changes.length > 0 &&
    changes.every((change) => {
      if (change.kind === 'write-data') return change.verb === 'copy';
      return change.kind === 'other' && (/\bOWNER TO\s+("[^"]+"|\w+)$/i.test(sql) || change.what === 'REASSIGN OWNED');
    })
  );
}
