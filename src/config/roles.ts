import type { Engine } from '../sql/engine.ts';
import type { Config } from './config.ts';

/** The people and teams that hold a role. */
export function holders(config: Config, role: string): readonly string[] {
  return Object.hasOwn(config.roles, role) ? (config.roles[role] ?? []) : [];
}

/**
 * The roles of a person, directly or through one of their teams (`organization/team`), which only the caller can know.
 * GitHub does not tell logins apart by case.
 */
export function rolesOf(config: Config, login: string, teams: readonly string[] = []): readonly string[] {
  const names = new Set([login, ...teams].map((name) => name.toLowerCase()));
  return Object.keys(config.roles).filter((role) =>
    holders(config, role).some((name) => names.has(name.toLowerCase())),
  );
}

/**
 * Whether somebody may ask for a database change: who holds a role, for all of them are directors or leads. While no role is
 * mapped to anybody, write access is enough.
 */
export function mayAsk(
  config: Config,
  login: string,
  permission: string,
  roles: readonly string[] = rolesOf(config, login),
): boolean {
  const isMapped = Object.keys(config.roles).some((role) => holders(config, role).length > 0);
  if (isMapped) return roles.length > 0;
  return permission === 'admin' || permission === 'maintain' || permission === 'write';
}

/**
 * Who takes tasks for an engine: the specialist that names it before one for all engines. Where that one has nobody, the
 * next one's people step in, so that a task is not left alone while there is somebody.
 */
export function specialistsFor(
  config: Config,
  engine: Engine,
): { readonly role: string; readonly assignees: readonly string[] } {
  const named = config.specialists.filter(({ engines }) => engines.includes(engine));
  const general = config.specialists.filter(({ engines }) => engines.includes('*') && !engines.includes(engine));
  const candidates = [...named, ...general];
  const staffed = candidates.find(({ assignees }) => assignees.length > 0);
  const role = candidates[0]?.name ?? 'database-specialist';
  return { role: staffed?.name ?? role, assignees: staffed?.assignees ?? [] };
}
