import type { Fault } from '../../faults/faults.ts';
import { notFound } from '../../refusal.ts';
import { findAccount, must } from '../../state/find.ts';
import { field, param, type Redirect, redirect, type Visit } from '../page.ts';
import { actingCookie } from '../session.ts';

/** Remembers on whose behalf the visitor acts, and goes back to where they were. */
export async function chooseActor(visit: Visit): Promise<Redirect> {
  const account = findAccount(visit.site.world, field(visit, 'login'));
  const back = field(visit, 'back');
  // Only a path of our own: `//elsewhere` and `/\elsewhere` would be other sites.
  const to = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(back) ? back : '/';
  return redirect(to, { 'Set-Cookie': actingCookie(account?.type === 'User' ? account.login : '') });
}

/** Sends a webhook once more, byte for byte, under its old id. */
export async function redeliver(visit: Visit): Promise<Redirect> {
  const delivery = visit.site.world.deliveries.find(({ id }) => id === Number(param(visit, 'id')));
  if (!delivery) throw notFound();
  const { guid, event, action, installationId, repositoryId, requestBody: body } = delivery;
  const app = must(visit.site.world.apps.get(delivery.appId), 'App', delivery.appId);
  visit.services.courier.send({ app, guid, event, action, installationId, repositoryId, body, redelivery: true });
  return redirect('/_sandbox/deliveries');
}

const byApp = { by: 'app' } as const;

const usual: Readonly<Record<string, Fault>> = {
  latency: { kind: 'latency', ms: 300, match: byApp },
  status: { kind: 'status', status: 502, times: 5, match: byApp },
  reset: { kind: 'reset', times: 1, match: byApp },
  'secondary-limit': { kind: 'secondary-limit', retryAfter: 5, times: 1, match: { ...byApp, writes: true } },
  drop: { kind: 'delivery', what: 'drop', times: 1 },
  double: { kind: 'delivery', what: 'double' },
  reorder: { kind: 'delivery', what: 'reorder' },
};

export async function setFault(visit: Visit): Promise<Redirect> {
  const name = field(visit, 'fault');
  const fault = Object.hasOwn(usual, name) ? usual[name] : undefined;
  if (!fault) throw notFound();
  visit.services.faults.add(fault);
  return redirect('/_sandbox/faults');
}

export async function removeFault(visit: Visit): Promise<Redirect> {
  visit.services.faults.remove(Number(param(visit, 'id')));
  return redirect('/_sandbox/faults');
}

export async function clearFaults(visit: Visit): Promise<Redirect> {
  visit.services.faults.clear();
  return redirect('/_sandbox/faults');
}
