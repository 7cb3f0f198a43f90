import { afterAll, expect, it } from 'vitest';
import { differences } from '../../src/engines/introspect/differences.ts';
import { introspect } from '../../src/engines/introspect/introspect.ts';
import { createPool } from '../../src/engines/pglite/pool.ts';
import type { Session } from '../../src/engines/session.ts';
import { silentLog } from '../../src/kernel/log.ts';

const pool = createPool({ limits: { ms: 60_000, memoryMb: 1_500 }, log: silentLog });
afterAll(() => pool.close());

const schema = `
CREATE EXTENSION citext;
CREATE SCHEMA app;
CREATE TYPE state AS ENUM ('new', 'it''s');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE people (id serial PRIMARY KEY, email citext NOT NULL CONSTRAINT mail UNIQUE NULLS NOT DISTINCT);
CREATE TABLE app."Odd.One" (
  id bigint GENERATED ALWAYS AS IDENTITY,
  person int REFERENCES people ON DELETE CASCADE,
  amount numeric(8, 2) DEFAULT 0, doubled numeric GENERATED ALWAYS AS (amount * 2) STORED,
  at timestamptz DEFAULT now(), token uuid DEFAULT gen_random_uuid(), tags text[] NOT NULL DEFAULT '{}', state state DEFAULT 'new'
);
COMMENT ON COLUMN app."Odd.One".tags IS 'words';
ALTER TABLE app."Odd.One" ADD CONSTRAINT more CHECK (amount > 1) NOT VALID;
CREATE INDEX by_person ON app."Odd.One" (person DESC, (lower(tags[1]))) INCLUDE (at) WHERE amount > 0;
CREATE VIEW mails AS SELECT email FROM people;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE INSERT ON people FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON people USING (true);
CREATE ROLE reader;
GRANT SELECT ON people TO reader;`;

async function made<Result>(sql: string, look: (session: Session) => Promise<Result>): Promise<Result> {
  return pool.with(['citext'], async (session) => {
    expect(await session.run(sql)).toEqual({ ok: true, ms: expect.any(Number), inTransaction: false });
    return look(session);
  });
}

it('describes a schema as a catalog', async () => {
  const { catalog } = await made(schema, introspect);
  expect(catalog.schemas).toEqual(new Set(['app', 'public']));
  expect(catalog.extensions).toEqual(new Set(['citext']));
  expect(catalog.enums).toEqual(new Map([['public.state', ['new', "it's"]]]));
  expect(catalog.views).toEqual(
    new Map([
      [
        'public.mails',
        {
          name: { schema: 'public', name: 'mails' },
          query: 'SELECT email\n   FROM public.people',
          materialized: false,
          columns: ['email'],
          uses: [{ relation: { schema: 'public', name: 'people' }, columns: ['email'] }],
        },
      ],
    ]),
  );
  expect([...catalog.tables.keys()]).toEqual(['app.Odd.One', 'public.people']);
  expect(catalog.tables.get('public.people')).toEqual({
    name: { schema: 'public', name: 'people' },
    columns: [
      { name: 'id', type: 'integer', nullable: false, identity: 'serial' },
      { name: 'email', type: 'citext', nullable: false },
    ],
    constraints: [
      { kind: 'unique', name: 'mail', columns: ['email'], nullsNotDistinct: true },
      { kind: 'primary-key', name: 'people_pkey', columns: ['id'] },
    ],
    indexes: [],
    triggers: [{ name: 't', function: { schema: 'public', name: 'f' }, enabled: true }],
    policies: [{ name: 'p', command: 'all', permissive: true, roles: ['public'], using: 'true' }],
    rowSecurity: { enabled: true, forced: false },
    open: false,
  });
  expect(catalog.tables.get('app.Odd.One')).toMatchObject({
    columns: [
      { name: 'id', type: 'bigint', nullable: false, identity: 'always' },
      { name: 'person', type: 'integer', nullable: true },
      { name: 'amount', type: 'numeric(8,2)', default: { sql: '0', volatility: 'constant' } },
      { name: 'doubled', type: 'numeric', generated: { expression: '(amount * (2)::numeric)', stored: true } },
      { name: 'at', type: 'timestamp with time zone', default: { sql: 'now()', volatility: 'stable' } },
      { name: 'token', type: 'uuid', default: { sql: 'gen_random_uuid()', volatility: 'volatile' } },
      { name: 'tags', type: 'text[]', nullable: false, default: { volatility: 'constant' }, comment: 'words' },
      { name: 'state', type: 'state', default: { sql: "'new'::public.state", volatility: 'constant' } },
    ],
    constraints: [
      {
        kind: 'foreign-key',
        columns: ['person'],
        references: { schema: 'public', name: 'people' },
        referencedColumns: ['id'],
        onDelete: 'cascade',
        validated: true,
      },
      { kind: 'check', name: 'more', expression: '(amount > (1)::numeric)', validated: false },
    ],
    indexes: [
      {
        name: 'by_person',
        method: 'btree',
        keys: [{ column: 'person', descending: true }, { expression: 'lower(tags[1])' }],
        include: ['at'],
        unique: false,
        where: '(amount > (0)::numeric)',
      },
    ],
  });
});

it('knows a schema again, whatever the order it was made in, and says in words what differs', async () => {
  const first = await made(
    'CREATE TABLE a (x int, y text); CREATE INDEX i ON a (x); CREATE INDEX j ON a (y);',
    introspect,
  );
  const second = await made(
    'CREATE TABLE a (y text, x int); CREATE INDEX j ON a (y); CREATE INDEX i ON a (x);',
    introspect,
  );
  expect(differences(first, second)).toEqual([]);

  const before = await made(schema, introspect);
  const changes = `
    ALTER TYPE state ADD VALUE 'old';
    ALTER DOMAIN positive SET NOT NULL;
    DROP POLICY p ON people; DROP TRIGGER t ON people;
    CREATE OR REPLACE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    REVOKE SELECT ON people FROM reader;
    ALTER TABLE app."Odd.One" VALIDATE CONSTRAINT more;
    ALTER TABLE people ALTER id TYPE bigint;
    CREATE SEQUENCE s;
    DROP INDEX app.by_person;
    CREATE TABLE new (id int PRIMARY KEY);`;
  const after = await made(`${schema}${changes}`, introspect);
  expect(differences(before, before)).toEqual([]);
  expect(differences(before, after)).toEqual([
    'column public.people.id is "bigint NOT NULL DEFAULT nextval(\'public.people_id_seq\'::regclass)" instead of "integer NOT NULL DEFAULT nextval(\'public.people_id_seq\'::regclass)"',
    'constraint app.Odd.One.more is "CHECK ((amount > (1)::numeric))" instead of "CHECK ((amount > (1)::numeric)) NOT VALID"',
    'domain public.positive is "integer NOT NULL CONSTRAINT positive_check CHECK ((VALUE > 0))" instead of "integer CONSTRAINT positive_check CHECK ((VALUE > 0))"',
    'enum public.state is "new, it\'s, old" instead of "new, it\'s"',
    'function public.f() is defined differently',
    'index app.by_person is missing',
    'policy p on public.people is missing',
    'privileges on table public.people for reader is missing',
    'sequence public.s is extra',
    'table public.new is extra',
    'trigger t on public.people is missing',
  ]);
});
