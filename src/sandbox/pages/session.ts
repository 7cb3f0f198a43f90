import { roleOf } from '../operations/access.ts';
import type { Actor, Site } from '../site.ts';
import { findAccount } from '../state/find.ts';

const name = 'sandbox-acting';

/** The cookie that says on whose behalf the visitor acts; the empty text is nobody. */
export function actingCookie(login: string): string {
  return `${name}=${encodeURIComponent(login)}; Path=/; HttpOnly; SameSite=Strict`;
}

function chosen(cookies: string | undefined): string | null {
  for (const pair of (cookies ?? '').split(';')) {
    const [key, value = ''] = pair.trim().split('=', 2);
    if (key !== name) continue;
    try {
      return decodeURIComponent(value);
    } catch {
      return null;
    }
  }
  return null;
}

/** Who a first visitor is: somebody who may do everything, so that all can be tried at once. */
function firstAdmin(site: Site): string | null {
  for (const repository of site.world.repositories.values())
    for (const { login, type } of site.world.accounts.values())
      if (type === 'User' && roleOf(site, repository, login) === 'admin') return login;
  return null;
}

/** On whose behalf a request acts. There are no passwords: the sandbox has nobody else's secrets. */
export function actorOf(
  site: Site,
  cookies: string | undefined,
): { readonly actor: Actor; readonly login: string | null } {
  const login = chosen(cookies) ?? firstAdmin(site);
  const account = login ? findAccount(site.world, login) : undefined;
  if (account?.type !== 'User') return { actor: { kind: 'anonymous' }, login: null };
  return { actor: { kind: 'user', login: account.login }, login: account.login };
}
