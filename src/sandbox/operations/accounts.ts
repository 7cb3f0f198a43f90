import type { Site } from '../site.ts';
import type { Account } from '../state/accounts.ts';
import { findAccount } from '../state/find.ts';
import { nextId } from '../state/ids.ts';

/** The account of that login, made when it is not there yet. */
export function addAccount(site: Site, login: string, type: Account['type']): Account {
  const known = findAccount(site.world, login);
  if (known) return known;
  const account: Account = { id: nextId(site.world, type), login, type, name: null, createdAt: site.now() };
  site.world.accounts.set(login.toLowerCase(), account);
  return account;
}
