import type { Row } from '../../session.ts';
import { type Draft, facet } from './draft.ts';

/** `tgenabled` where it is not the usual one (manual, catalog pg_trigger). */
const states: Readonly<Record<string, string>> = { D: 'DISABLE', R: 'ENABLE REPLICA', A: 'ENABLE ALWAYS' };

export function stateOf({ key, target, enabled }: Row): readonly Draft[] {
  const state = states[String(enabled)];
  if (state === undefined) return [];
  // `TRIGGER name ON table`, in which a quoted name may hold the word as well; a table's cannot come before it.
  const [, name = '', table = ''] = /^TRIGGER ("(?:[^"]|"")*"|[^"\s]+) ON (.*)$/s.exec(String(target)) ?? [];
  const set = [`ALTER TABLE ${table} ${state} TRIGGER ${name}`];
  return [
    facet({
      key: String(key).replace('trigger ', 'trigger state '),
      kind: 'trigger state',
      definition: state.toLowerCase(),
      create: set,
      replace: set,
      drop: [`ALTER TABLE ${table} ENABLE TRIGGER ${name}`],
      needs: [],
      of: String(key),
    }),
  ];
}
