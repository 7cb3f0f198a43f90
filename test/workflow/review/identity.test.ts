import { describe, expect, it } from 'vitest';
import { keyOfIdentity, nameWithoutVersion, normalized } from '../../../src/workflow/review/identity.ts';

describe('normalized', () => {
  const statement = `CREATE INDEX "A b" ON orders (placed_at) WHERE note = 'It''s  x';`;

  it.each([
    ['white space and line ends', `CREATE  INDEX\r\n\t"A b" ON orders(placed_at)\nWHERE note='It''s  x' ;`],
    ['comments', `CREATE INDEX /* a ; b */ "A b" -- c\nON orders (placed_at) WHERE note = 'It''s  x';`],
    ['the case of words', `create index "A b" on Orders (PLACED_AT) where note = 'It''s  x';`],
    ['a missing semicolon', `CREATE INDEX "A b" ON orders (placed_at) WHERE note = 'It''s  x'`],
  ])('does not see %s', (_name, other) => {
    expect(normalized(other)).toBe(normalized(statement));
  });

  it.each([
    ['a name in quotes', `CREATE INDEX "a b" ON orders (placed_at) WHERE note = 'It''s  x';`],
    ['a string', `CREATE INDEX "A b" ON orders (placed_at) WHERE note = 'It''s x';`],
    ['a word', `CREATE INDEX "A b" ON orders (placed_on) WHERE note = 'It''s  x';`],
  ])('sees another %s', (_name, other) => {
    expect(normalized(other)).not.toBe(normalized(statement));
  });
});

describe('nameWithoutVersion', () => {
  it.each([
    ['db/migrations/0013_add_note.up.sql', 'other/0014_add_note.up.sql'],
    ['V2.9__add.sql', 'V2.10__add.sql'],
    ['p/20240102030405_add/migration.sql', 'p/20250102030405_add/migration.sql'],
    ['2024-01-02-030405_add/up.sql', '2024-01-03-030405_add/up.sql'],
  ])('%s and %s have one', (one, other) => {
    expect(nameWithoutVersion(one)).toBe(nameWithoutVersion(other));
  });

  it.each([
    ['p/20240102030405_add/migration.sql', 'p/20240102030405_drop/migration.sql'],
    ['0013_add.up.sql', '0013_add.down.sql'],
    ['0013.sql', '0013_add.sql'],
  ])('%s and %s have two', (one, other) => {
    expect(nameWithoutVersion(one)).not.toBe(nameWithoutVersion(other));
  });

  it.each(['', '7', '0013.sql', 'a/', '_'])('gives something for %j', (path) => {
    expect(typeof nameWithoutVersion(path)).toBe('string');
  });
});

it('tells rules, objects and statements apart', () => {
  const one = { rule: 'a', object: 'public.t', about: 'x' };
  const keys = [one, { ...one, rule: 'b' }, { ...one, object: 'public.u' }, { ...one, about: 'y' }].map(keyOfIdentity);
  expect(new Set(keys).size).toBe(4);
});
