import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Change } from '../../../../src/sql/change.ts';
import { loadParsers, parse } from '../../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

const read = (sql: string) => parse(sql, 'postgresql');
const changesOf = (sql: string) => read(sql).statements.flatMap(({ changes }) => changes);
const bodies = (sql: string) => changesOf(sql).map(({ span: _span, ...body }) => body);

/** What a change covers of the text, which has no characters beyond ASCII. */
function covered(sql: string, { span }: Change): string {
  const lines = sql.split('\n');
  const offset = (line: number, column: number) =>
    lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) + column - 1;
  return sql.slice(offset(span.line, span.column), offset(span.endLine, span.endColumn));
}

describe('DO', () => {
  it.each([
    [
      `DO $$ BEGIN
         IF NOT EXISTS (SELECT 1) THEN DELETE FROM é; ALTER TABLE a DROP COLUMN b, DROP COLUMN c; END IF;
         EXECUTE 'DROP TABLE ' || x;
       EXCEPTION WHEN duplicate_object THEN TRUNCATE b; END $$`,
      [
        { kind: 'write-data', verb: 'delete', table: { name: 'é' }, guarded: true, inBlock: true },
        { kind: 'drop-column', table: { name: 'a' }, column: 'b', guarded: true, inBlock: true },
        { kind: 'drop-column', table: { name: 'a' }, column: 'c', guarded: true, inBlock: true },
        { kind: 'dynamic-sql', text: "'DROP TABLE ' || x", concatenated: true, guarded: true, inBlock: true },
        { kind: 'drop-table', table: { name: '…' }, guarded: true, within: { name: 'EXECUTE' } },
        { kind: 'write-data', verb: 'truncate', table: { name: 'b' }, guarded: true, inBlock: true },
      ],
    ],
    ['DO $$ BEGIN NULL; END $$', []],
    ["DO $$ BEGIN PERFORM set_config('lock_timeout', '1s', true); END $$", [{ kind: 'set', setting: 'lock_timeout' }]],
    ["DO 'BEGIN DELETE FROM t; END'", [{ kind: 'write-data', verb: 'delete', inBlock: true }]],
    ["DO $$ BEGIN EXECUTE 'DROP ' || 'TABLE t'; END $$", [{ kind: 'drop-table', table: { name: 't' } }]],
    [
      "DO $$ DECLARE t CONSTANT text := 'x'; BEGIN EXECUTE 'DROP TABLE ' || t; END $$",
      [{ kind: 'drop-table', table: { name: 'x' } }],
    ],
    [
      "DO $$ BEGIN EXECUTE 'DO $x$ BEGIN DROP TABLE t; END $x$'; END $$",
      [{ kind: 'drop-table', table: { name: 't' } }],
    ],
    ["DO $$ BEGIN EXECUTE 'selec'; END $$", [{ kind: 'dynamic-sql', concatenated: false }]],
    ['DO $$ BEGIN selec; END $$', [{ kind: 'other', what: 'DO' }]],
    ['DO LANGUAGE plpython3u $$ pass $$', [{ kind: 'other', what: 'DO' }]],
    [`DO $$ BEGIN PERFORM 1${'+1'.repeat(20_000)}; END $$`, [{ kind: 'other', what: 'DO' }]],
    [
      `DO $$ BEGIN ${'IF true THEN '.repeat(50_000)} NULL; ${'END IF;'.repeat(50_000)} END $$`,
      [{ kind: 'other', what: 'DO' }],
    ],
    [`DO $$ BEGIN EXECUTE 'SELECT 1${'+1'.repeat(20_000)}'; END $$`, [{ kind: 'dynamic-sql', concatenated: false }]],
  ])('%s', (sql, expected) => {
    expect(bodies(sql)).toMatchObject(expected);
    expect(bodies(sql)).toHaveLength(expected.length);
  });
});

describe('CREATE FUNCTION', () => {
  it.each([
    [
      'CREATE FUNCTION app.f(a int, OUT b text, c app.mood[]) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$ BEGIN END $$',
      {
        function: { schema: 'app', name: 'f' },
        definition: {
          procedure: false,
          language: 'plpgsql',
          replace: false,
          securityDefiner: true,
          searchPath: 'app, pg_temp',
          volatility: 'stable',
          arguments: ['integer', 'app.mood[]'],
          body: ' BEGIN END ',
        },
      },
    ],
    [
      "CREATE OR REPLACE FUNCTION f() RETURNS int SET search_path = '' AS 'SELECT 1'",
      { definition: { language: 'sql', replace: true, searchPath: '' } },
    ],
    [
      'CREATE FUNCTION f() RETURNS int SET search_path FROM CURRENT RETURN 1',
      { definition: { searchPath: 'from current' } },
    ],
    [
      'CREATE PROCEDURE p(OUT a int) LANGUAGE plpgsql AS $$ BEGIN END $$',
      { definition: { procedure: true, arguments: ['integer'] } },
    ],
    ["CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'lib', 'symbol'", { definition: { language: 'c', body: 'lib' } }],
  ])('%s', (sql, expected) => {
    expect(changesOf(sql)[0]).toMatchObject({ kind: 'create-function', ...expected });
  });

  it.each([
    [
      'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (OLD.id, TG_OP); RETURN NEW; END $$',
      ['write-data'],
    ],
    [
      'CREATE FUNCTION f() RETURNS SETOF app.x LANGUAGE plpgsql AS $$ DECLARE r app.x%ROWTYPE; BEGIN RETURN QUERY SELECT * FROM app.x; END $$',
      ['query'],
    ],
    ["CREATE FUNCTION f(int) RETURNS int AS 'DELETE FROM t WHERE a = $1; SELECT 1'", ['write-data', 'query']],
    [
      'CREATE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); DELETE FROM t WHERE CASE WHEN true THEN a END; END',
      ['write-data', 'write-data'],
    ],
    ['CREATE FUNCTION f() RETURNS int BEGIN ATOMIC DELETE FROM t; RETURN 1; END', ['write-data']],
    ['CREATE FUNCTION f() RETURNS int RETURN 1', []],
    ['CREATE FUNCTION f() RETURNS int AS $$ selec $$', ['other']],
    ['CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ selec $$', ['other']],
    ['CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS $$ return 1 $$', []],
    [`CREATE FUNCTION f() RETURNS int AS $$ SELECT 1${'+1'.repeat(20_000)} $$`, ['other']],
  ])('%s: within it', (sql, kinds) => {
    const [, ...inner] = changesOf(sql);
    expect(inner.map(({ kind }) => kind)).toEqual(kinds);
    for (const change of inner) expect(change.within).toBeDefined();
  });
});

describe('places', () => {
  it('are those of the statements in the body', () => {
    const sql = `CREATE FUNCTION f(a text) RETURNS void LANGUAGE plpgsql AS $$

DECLARE n int;
BEGIN
  DELETE FROM t; -- DELETE FROM t
  DELETE FROM t
    WHERE a = 'it''s';
  SELECT a INTO STRICT n
    FROM t;
  PERFORM   dblink('a', 'b');
  EXECUTE 'TRUNCATE t';
  EXECUTE 'TRUNCATE ' || a;
  n := dblink('c');
  ALTER TABLE t ADD b int, DROP c;
END $$;`;
    expect(
      changesOf(sql)
        .slice(1)
        .map((change) => covered(sql, change)),
    ).toEqual([
      'DELETE FROM t',
      "DELETE FROM t\n    WHERE a = 'it''s'",
      expect.stringContaining('SELECT a INTO STRICT'),
      "dblink('a', 'b')",
      'TRUNCATE t',
      "'TRUNCATE ' || a",
      "'TRUNCATE ' || a",
      "dblink('c')",
      'DROP c',
      'ADD b int',
    ]);
  });

  it('are that of the whole statement where the text does not stand as it is', () => {
    const sql = "DO 'BEGIN DELETE FROM t WHERE a = ''x''; END'";
    expect(changesOf(sql).map((change) => covered(sql, change))).toEqual([sql]);
  });
});

describe('EXECUTE', () => {
  const declared = `DECLARE q text; r record; k text := 'x'; n int; names text[] := ARRAY['a', 'b']; each text; cur refcursor;`;
  const verdict = (code: string) => {
    const sql = `CREATE FUNCTION f(p text, i int, c regclass) RETURNS void LANGUAGE plpgsql AS $body$ ${declared} BEGIN ${code} END $body$`;
    const [, ...inner] = changesOf(sql);
    return inner.flatMap((change) => (change.kind === 'dynamic-sql' ? [change.concatenated] : []));
  };

  it.each([
    "EXECUTE 'DELETE FROM t WHERE a = $1' USING p;",
    "EXECUTE 'SELECT * FROM ' || k;",
    "EXECUTE format('SELECT %L FROM %I.%I', k, k, 'Odd name');",
    "EXECUTE 'DROP TABLE ' || quote_ident(k) || ' CASCADE';",
    "FOREACH each IN ARRAY ARRAY['a', 'b'] LOOP EXECUTE 'DROP TABLE ' || each; END LOOP;",
    "FOREACH each IN ARRAY names LOOP EXECUTE format('ALTER TABLE %I DROP c', each); END LOOP;",
    "FOREACH each IN ARRAY ARRAY['a'] LOOP EXECUTE 'DROP TABLE ' || each; END LOOP;",
  ])('is read as it stands: %s', (code) => {
    expect(verdict(code)).toEqual([]);
  });

  it.each([
    "EXECUTE 'DROP TABLE ' || quote_ident(p);",
    "EXECUTE 'SELECT ' || quote_literal(p) || ', ' || quote_nullable(p);",
    "EXECUTE format('DROP TABLE %I', p);",
    "EXECUTE format('SELECT %L, %1$I, %%', p);",
    "EXECUTE format('DROP TABLE %s', c);",
    "EXECUTE format('DROP TABLE %s', p::regclass);",
    "EXECUTE 'DROP TABLE ' || c::text;",
    "EXECUTE 'DROP TABLE t' || i;",
    "EXECUTE 'DROP TABLE t_' || to_char(now(), 'YYYYMM');",
    "q := 'DROP TABLE '; q := q || quote_ident(p); EXECUTE q;",
    "q := format('DROP TABLE %I', p); EXECUTE q;",
    "FOR r IN SELECT format('DROP TABLE %I', t) AS cmd FROM pg_tables LOOP EXECUTE r.cmd; END LOOP;",
    "FOR q IN SELECT 'DROP TABLE ' || quote_ident(t) FROM pg_tables LOOP EXECUTE q; END LOOP;",
    "SELECT string_agg(format('DROP TABLE %I', t), ';') INTO q FROM pg_tables; EXECUTE q;",
    "EXECUTE CASE WHEN i > 1 THEN 'SELECT 1' ELSE 'SELECT 2' END;",
    'EXECUTE build(p);',
    "EXECUTE 'DROP TABLE ' || current_schema() || '.t';",
    "OPEN cur FOR EXECUTE format('SELECT %L', p);",
  ])('of quoted values: %s', (code) => {
    expect(verdict(code)).toEqual([false]);
  });

  it.each([
    "EXECUTE 'DROP TABLE ' || p;",
    'EXECUTE p;',
    "EXECUTE format('DROP TABLE %s', p);",
    "EXECUTE format('DROP TABLE %2$s %1$I', i, p);",
    "EXECUTE concat('DROP TABLE ', p);",
    "q := 'DROP TABLE ' || p; EXECUTE q;",
    "q := 'SELECT 1'; IF i > 1 THEN q := q || p; END IF; EXECUTE q;",
    "FOR r IN SELECT t FROM pg_tables LOOP EXECUTE 'DROP TABLE ' || r.t; END LOOP;",
    "FOR r IN SELECT * FROM pg_tables LOOP EXECUTE 'DROP TABLE ' || r.tablename; END LOOP;",
    "SELECT t INTO q FROM pg_tables; EXECUTE 'DROP TABLE ' || q;",
    "EXECUTE 'DROP TABLE ' || lower(trim(p));",
    "EXECUTE 'DROP TABLE ' || coalesce(p, 'x');",
    "EXECUTE 'SELECT ''' || p || '''';",
    "RETURN QUERY EXECUTE 'SELECT ' || p;".replace('RETURN QUERY', 'FOR r IN').replace(';', ' LOOP NULL; END LOOP;'),
  ])('of a value as it comes: %s', (code) => {
    expect(verdict(code)).toEqual([true]);
  });
});

describe('text that is put together', () => {
  it.each([
    [
      "format('ALTER TABLE %I.%2$I DROP %s', 'app', 'Odd \"t\"', 'c')",
      { table: { schema: 'app', name: 'Odd "t"' }, column: 'c' },
    ],
    [
      "'DELETE FROM ' || quote_ident('Odd') || ' WHERE a = ' || quote_literal('it''s')",
      { table: { name: 'Odd' }, where: "a = 'it''s'" },
    ],
  ])('of constants is read as it stands: %s', (expression, expected) => {
    expect(changesOf(`DO $body$ BEGIN EXECUTE ${expression}; END $body$`)).toMatchObject([expected]);
  });

  it.each([
    "FOREACH each IN ARRAY ARRAY['a', 'B c'] LOOP EXECUTE format('TRUNCATE %I', each); END LOOP;",
    "FOR each IN SELECT unnest(ARRAY['a', 'B c']) LOOP EXECUTE 'TRUNCATE ' || quote_ident(each); END LOOP;",
    "FOREACH each IN ARRAY ARRAY['a', 'B c'] LOOP q := format('TRUNCATE %I', each); EXECUTE q; END LOOP;",
    "IF true THEN each := 'a'; ELSE each := 'B c'; END IF; EXECUTE format('TRUNCATE %I', each);",
  ])('of one of several constants is read for each: %s', (code) => {
    const changes = changesOf(`DO $body$ DECLARE each text; q text; BEGIN ${code} END $body$`);
    expect(changes.filter(({ kind }) => kind !== 'query')).toMatchObject([
      { kind: 'write-data', verb: 'truncate', table: { name: 'a' } },
      { kind: 'write-data', verb: 'truncate', table: { name: 'B c' } },
    ]);
  });

  it('of more constants than anybody writes, or of two variables, is not', () => {
    const many = Array.from({ length: 40 }, (_, index) => `'t${index}'`).join();
    for (const code of [
      `FOREACH a IN ARRAY ARRAY[${many}] LOOP EXECUTE 'TRUNCATE ' || a; END LOOP;`,
      "FOREACH a IN ARRAY ARRAY['x', 'y'] LOOP FOREACH b IN ARRAY ARRAY['c', 'd'] LOOP EXECUTE 'ALTER TABLE ' || a || ' DROP ' || b; END LOOP; END LOOP;",
    ]) {
      const [put] = changesOf(`DO $body$ DECLARE a text; b text; BEGIN ${code} END $body$`);
      expect(put).toMatchObject({ kind: 'dynamic-sql', concatenated: false });
    }
  });

  it.each([
    [
      "format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', p)",
      { kind: 'set-row-security', table: { name: '…' }, enabled: false },
    ],
    [
      "format('GRANT ALL ON %I.%I TO PUBLIC', p, p)",
      { kind: 'grant', objects: [{ schema: '…', name: '…' }], grantees: ['public'] },
    ],
    ["'DROP TABLE app.' || p", { kind: 'drop-table', table: { schema: 'app', name: '…' } }],
    ["'ALTER TABLE t ALTER id RESTART WITH ' || i", { kind: 'other' }],
    [
      "'DELETE FROM t WHERE a = ' || quote_literal(p) || ' AND b = ' || i",
      { kind: 'write-data', where: "a = '…' AND b = 1" },
    ],
    ["format('UPDATE t SET a = %L WHERE b = 50%%', p)", undefined],
    ['p', undefined],
  ])('is read with a stand-in for what is not known: %s', (expression, expected) => {
    const sql = `CREATE FUNCTION f(p text, i int) RETURNS void LANGUAGE plpgsql AS $body$ BEGIN EXECUTE ${expression}; END $body$`;
    const [, put, ...likely] = changesOf(sql);
    expect(put).toMatchObject({ kind: 'dynamic-sql' });
    expect(likely).toMatchObject(expected === undefined ? [] : [expected]);
    for (const change of likely) expect(change.within).toEqual({ name: 'f' });
  });
});

describe('ALTER FUNCTION and CREATE TRIGGER', () => {
  it.each([
    [
      'ALTER FUNCTION app.f(int) SECURITY DEFINER SET search_path = app',
      {
        kind: 'alter-function',
        function: { schema: 'app', name: 'f' },
        definition: { securityDefiner: true, searchPath: 'app', arguments: ['integer'] },
      },
    ],
    ['ALTER FUNCTION f RESET ALL', { kind: 'alter-function', definition: { searchPath: 'default' } }],
    [
      'ALTER PROCEDURE p() SECURITY INVOKER',
      { kind: 'alter-function', definition: { securityDefiner: false, arguments: [] } },
    ],
    [
      'CREATE OR REPLACE TRIGGER tr AFTER INSERT ON a.t FOR EACH ROW EXECUTE FUNCTION x.f()',
      {
        kind: 'create-trigger',
        table: { schema: 'a', name: 't' },
        trigger: 'tr',
        function: { schema: 'x', name: 'f' },
        replace: true,
      },
    ],
  ])('%s', (sql, expected) => {
    expect(bodies(sql)).toMatchObject([expected]);
  });
});

describe('hostile code', () => {
  it('does not cost square time or the stack', () => {
    const statements = 'DELETE FROM t WHERE a = $x$ y $x$; '.repeat(10_000);
    expect(changesOf(`DO $$ BEGIN ${statements} END $$`)).toHaveLength(10_000);
    let nested = 'SELECT 1';
    for (let depth = 0; depth < 500; depth++)
      nested = `DO $a${depth}$ BEGIN EXECUTE $b${depth}$${nested}$b${depth}$; END $a${depth}$`;
    expect(changesOf(nested)).toMatchObject([{ kind: 'dynamic-sql' }]);
    const joined = `q := q || p; `.repeat(2_000);
    expect(changesOf(`DO $$ DECLARE q text; p text; BEGIN ${joined} ${'EXECUTE q; '.repeat(500)} END $$`)).toHaveLength(
      500,
    );
  });

  it('follows variables and expressions only so deep', () => {
    const chain = Array.from({ length: 1_900 }, (_, index) => `v${index} text := v${index + 1};`).join(' ');
    expect(changesOf(`DO $$ DECLARE ${chain} BEGIN EXECUTE v0; END $$`)).toMatchObject([{ kind: 'dynamic-sql' }]);
    const nested = `${'coalesce('.repeat(2_000)}p${')'.repeat(2_000)}`;
    expect(changesOf(`DO $$ DECLARE p text; BEGIN EXECUTE ${nested}; END $$`)).toMatchObject([{ kind: 'dynamic-sql' }]);
    const long = `'SELECT 1'${" || ' '".repeat(1_000)} || p`;
    expect(changesOf(`DO $$ DECLARE p text; BEGIN EXECUTE ${long}; END $$`)[0]).toMatchObject({ concatenated: true });
  });

  it('does not read a hundred thousand declarations', () => {
    const declared = Array.from({ length: 100_000 }, (_, index) => `v${index} int;`).join(' ');
    expect(changesOf(`DO $$ DECLARE ${declared} BEGIN NULL; END $$`)).toMatchObject([{ kind: 'other', what: 'DO' }]);
  });

  it('never makes the reader throw', () => {
    const piece = fc.constantFrom(
      'BEGIN ',
      'END ',
      ';',
      "'",
      '$$',
      '$a$',
      'IF a THEN ',
      'END IF',
      'EXECUTE ',
      "'x'||",
      'q',
      ':=',
      'DECLARE q text;',
      'LOOP ',
      'é',
      '\n',
      '(',
      ')',
      '--',
      '/*',
      '\0',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 25 }),
        fc.constantFrom('DO ', 'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS '),
        (pieces, head) => {
          read(`${head}$f$${pieces.join('')}$f$`);
        },
      ),
      { numRuns: 300 },
    );
  });
});
