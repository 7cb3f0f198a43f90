import { describe, expect, it } from 'vitest';
import { parse } from '../../../../src/sql/parsers/index.ts';
import { loadPostgresql } from '../../../../src/sql/parsers/postgresql/library.ts';
import { loadProgram } from '../../../../src/sql/parsers/postgresql/program.ts';

describe('PostgreSQL’s parser', () => {
  it('begins with less memory than it declares', async () => {
    // Another number: the program was compiled anew, and what it declares is to be looked at.
    expect((await loadProgram()).HEAPU8.length).toBe(576 * 65_536);
  });

  it('takes more when a text needs it', async () => {
    await loadPostgresql();
    const rows = Array.from({ length: 50_000 }, (_, n) => `(${n}, 'überall')`);
    const { statements, errors } = parse(`INSERT INTO t VALUES ${rows.join(', ')}; SELECT 1;`, 'postgresql');
    expect({ statements: statements.length, errors }).toEqual({ statements: 2, errors: [] });
    expect(parse('SELECT 1;', 'postgresql').errors).toEqual([]);
  });
});
