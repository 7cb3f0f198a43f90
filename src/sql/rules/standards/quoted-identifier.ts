import { mustBeQuoted } from '../../facts/keywords.ts';
import { namesGiven, namingKinds } from '../../facts/names.ts';
import { defineRule } from '../../rule.ts';

export const quotedIdentifier = defineRule({
  id: 'quoted-identifier',
  level: 'notice',
  category: 'standards',
  engines: ['postgresql'],
  optIn: true,
  when: 'A name has capital letters or other characters, or is a keyword, so that it must be quoted for ever',
  effect: 'Every query must spell it between double quotes, and fails where somebody forgets them',
  remedy: 'Use lower-case letters, digits and underscores, and no keyword',
  source: 'PostgreSQL manual, "Identifiers and Key Words" and "SQL Key Words"',
  examples: [
    {
      engine: 'postgresql',
      bad: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "createdAt" timestamptz);',
      good: 'CREATE TABLE users (id bigint PRIMARY KEY, created_at timestamptz);',
    },
  ],
  on: namingKinds,

  check(change) {
    const quoted = namesGiven(change).filter(({ name }) => mustBeQuoted(name));
    if (quoted.length === 0) return undefined;
    const names = quoted.map(({ name }) => `\`${name}\``).join(', ');
    return `${names} must stand between double quotes wherever it is used.`;
  },
});
