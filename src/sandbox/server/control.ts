import type { Fault, Faults } from '../faults/faults.ts';
import { Refusal } from '../refusal.ts';
import type { Outgoing } from './api.ts';
import { type Incoming, jsonOf } from './incoming.ts';

export const controlPath = '/_sandbox/faults';

const kinds: readonly string[] = [
  'latency',
  'status',
  'reset',
  'secondary-limit',
  'primary-limit',
  'missing',
  'forbidden',
  'delivery',
] satisfies Fault['kind'][];

/** Faults over HTTP: GET lists them, POST sets one (JSON), DELETE clears one (`?id=`) or all. */
export function answerControl(faults: Faults, { method, url, body }: Incoming): Outgoing {
  if (method === 'POST') {
    const fault = jsonOf(body);
    const kind = (fault as { kind?: unknown }).kind;
    if (typeof kind !== 'string' || !kinds.includes(kind)) throw new Refusal(422, `kind is one of ${kinds.join(', ')}`);
    return json(201, { id: faults.add(fault as unknown as Fault) });
  }
  if (method === 'DELETE') {
    const id = url.searchParams.get('id');
    if (id === null) faults.clear();
    else faults.remove(Number(id));
    return { status: 204, headers: {}, body: '' };
  }
  return json(200, faults.list());
}

function json(status: number, value: unknown): Outgoing {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}
