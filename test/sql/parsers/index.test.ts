import { beforeAll, expect, it } from 'vitest';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

it('says of an engine that it is not understood, rather than finding nothing', () => {
  expect(parse('SELECT 1', 'sqlite')).toEqual({
    statements: [],
    errors: [{ line: 1, column: 1, message: 'sqlite is not understood yet' }],
  });
});

it.each(['postgresql', 'mysql', 'mariadb', 'sqlite'] as const)(
  'reads an empty file as no statement on %s',
  (engine) => {
    expect(parse(' \n', engine)).toEqual({ statements: [], errors: [] });
  },
);
