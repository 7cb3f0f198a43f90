import { describe, expect, it } from 'vitest';
import { run, workspace } from './workspace.ts';

const files = {
  'db/0001_a.sql': `-- migrate:up
CREATE TYPE state AS ENUM ('open', 'done');
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE);
-- migrate:down
DROP TABLE customers;
`,
  'db/0002_b.sql': `-- migrate:up
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL REFERENCES customers (id), at date DEFAULT now());
CREATE INDEX orders_recent ON orders USING brin (at);
-- migrate:down
DROP TABLE orders;
`,
};

describe('database-lead schema', () => {
  it('shows what the way up of every migration makes', async () => {
    const { code, stdout, stderr } = await run(['schema', 'db'], { cwd: workspace(files) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`table customers
  id bigint NOT NULL
  email text NOT NULL
  CONSTRAINT customers_pkey PRIMARY KEY (id)
  CONSTRAINT customers_email_key UNIQUE (email)

table orders
  id bigint NOT NULL
  customer_id bigint NOT NULL
  at date DEFAULT now()
  CONSTRAINT orders_pkey PRIMARY KEY (id)
  CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id)
  INDEX orders_recent USING brin (at)

enum state: open, done
`);
  });

  it('prints JSON and mermaid', async () => {
    const cwd = workspace(files);
    const json = JSON.parse((await run(['schema', 'db', '--format', 'json'], { cwd })).stdout);
    expect(json).toMatchObject({
      engine: 'postgresql',
      tables: [{ name: { name: 'customers' } }, { name: { name: 'orders' }, columns: [{ name: 'id' }, {}, {}] }],
    });
    expect((await run(['schema', 'db', '--format', 'mermaid'], { cwd })).stdout).toMatch(/^erDiagram\n/);
  });

  it('shows everything that the catalog knows', async () => {
    const sql = `CREATE EXTENSION citext;
CREATE TYPE pair AS (a int, b text);
CREATE DOMAIN email AS citext COLLATE "C" DEFAULT 'x' NOT NULL CHECK (VALUE <> '');
CREATE SEQUENCE numbers;
CREATE UNLOGGED TABLE people (id int NOT NULL, mail email);
COMMENT ON COLUMN people.mail IS 'where to
write';
CREATE TABLE staff (wage int, CHECK (wage > 0) NO INHERIT) INHERITS (people);
CREATE SEQUENCE wages OWNED BY staff.wage;
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER t BEFORE INSERT ON staff FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE staff DISABLE TRIGGER t;
ALTER TABLE staff ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON staff AS RESTRICTIVE FOR UPDATE TO app USING (true) WITH CHECK (wage > 1);
CREATE MATERIALIZED VIEW mails AS SELECT mail FROM people;
CREATE INDEX ON mails (mail);`;
    const cwd = workspace({ 'a.sql': sql });
    expect((await run(['schema', 'a.sql'], { cwd })).stdout).toBe(`unlogged table people
  id integer NOT NULL
  mail email -- where to write

table staff (inherits from people)
  id integer NOT NULL
  mail email
  wage integer
  CONSTRAINT staff_wage_check CHECK (wage > 0) NO INHERIT
  TRIGGER t: f(), disabled
  ROW LEVEL SECURITY
  POLICY p: restrictive for update to app USING (true) WITH CHECK (wage > 1)

domain email: citext COLLATE "C" DEFAULT 'x' NOT NULL CHECK (VALUE <> '')

type pair: a integer, b text

sequence numbers

sequence wages (of staff.wage)

materialized view mails
  SELECT mail FROM people
  INDEX mails_mail_idx (mail)

function f() in plpgsql

extension citext
`);
    expect(JSON.parse((await run(['schema', 'a.sql', '--format', 'json'], { cwd })).stdout)).toMatchObject({
      domains: [{ name: { name: 'email' } }],
      composites: { 'public.pair': [{ name: 'a', type: 'integer' }, { name: 'b' }] },
      sequences: [{ name: { name: 'numbers' } }, { ownedBy: { column: 'wage' } }],
      functions: { 'public.f': [{ language: 'plpgsql' }] },
    });
  });

  it('says what it did not understand, and that a schema is missing', async () => {
    const cwd = workspace({ 'a.sql': 'CREATE TABLE a (id int);\nCREATE TABEL b;' });
    const partly = await run(['schema', 'a.sql'], { cwd });
    expect(partly.code).toBe(2);
    expect(partly.stdout).toContain('table a');
    expect(partly.stderr).toContain('a.sql:2:8: not understood: syntax error');
    expect((await run(['schema'], { cwd })).stderr).toContain('Usage: database-lead schema PATH');
  });
});
