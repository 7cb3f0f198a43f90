import type { RangeVar } from 'libpg-query';
import { nameOf } from './names.ts';
import { isToken, type Read, type Reading } from './reading.ts';

/** Words between the verb and the object that are not part of the statement's name in the manual. */
const modifiers: ReadonlySet<string> = new Set([
  'or',
  'replace',
  'temporary',
  'temp',
  'unlogged',
  'global',
  'local',
  'trusted',
]);

/** Statements whose object has a name of two words. */
const leads: ReadonlySet<string> = new Set([
  'access',
  'default',
  'event',
  'foreign',
  'materialized',
  'operator',
  'user',
  'text',
]);

const verbs: ReadonlySet<string> = new Set(['create', 'alter', 'drop', 'refresh', 'import', 'reassign', 'security']);

/** A statement that is understood by the parser but not modelled, by the first words of its name in the manual. */
export function otherStatement(reading: Reading): readonly Read[] {
  return [{ kind: 'other', what: statementName(reading) }];
}

/** The same for a statement about tables, which it locks. */
export function otherOn(relations: readonly (RangeVar | undefined)[], reading: Reading): readonly Read[] {
  const what = statementName(reading);
  return relations.map((relation) => ({ kind: 'other', what, table: nameOf(relation) }));
}

/** The first words of a statement's name in the manual. */
export function statementName(reading: Reading): string {
  const word = (at: number) => {
    const token = reading.tokens()[at];
    return token?.kind === 'word' ? reading.sql.slice(token.start, token.end).toLowerCase() : '';
  };
  const verb = word(0);
  if (!verbs.has(verb)) return isToken(reading, 1, 'on') ? `${verb} on`.toUpperCase() : verb.toUpperCase();
  let at = 1;
  while (modifiers.has(word(at))) at++;
  const isLead = leads.has(word(at)) && (word(at) !== 'operator' || /^(?:class|family)$/.test(word(at + 1)));
  const object = isLead ? `${word(at)} ${word(at + 1)}` : word(at);
  return `${verb} ${object}`.trim().toUpperCase();
}
