import { loginOf } from '../operations/access.ts';
import { notAccessible, notFound } from '../refusal.ts';
import { findAccount, must } from '../state/find.ts';
import { publicUserView } from '../views/accounts.ts';
import { numeric, ok, on, param } from './call.ts';

export const userRoutes = [
  on('GET', '/user', (call) => {
    const login = loginOf(call.site, call.actor);
    // Installations are nobody.
    if (call.actor.kind !== 'user') throw notAccessible();
    return ok(publicUserView(call.site, must(findAccount(call.site.world, login), 'account', login)));
  }),
  on('GET', '/users/:login', (call) => {
    const account = findAccount(call.site.world, param(call, 'login'));
    if (!account) throw notFound();
    return ok(publicUserView(call.site, account));
  }),
  on('GET', '/user/:id', (call) => {
    const id = numeric(call, 'id');
    const account = [...call.site.world.accounts.values()].find((candidate) => candidate.id === id);
    if (!account) throw notFound();
    return ok(publicUserView(call.site, account));
  }),
];
