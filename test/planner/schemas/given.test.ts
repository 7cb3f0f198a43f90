import { beforeAll, describe, expect, it } from 'vitest';
import { type GivenAnswer, settleAnswers } from '../../../src/planner/schemas/given.ts';
import { remarksIn } from '../../../src/planner/schemas/remarks.ts';
import { catalogOf } from '../../../src/sql/apply/index.ts';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(() => loadParsers());

const current = `CREATE TYPE state AS ENUM ('open', 'done');
CREATE SCHEMA app;
CREATE TABLE app.logs (id bigint);
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total integer, kept text NOT NULL);
CREATE TABLE clients (id bigint, name text);
CREATE VIEW all_orders AS SELECT 1 AS one;`;
const desired = `CREATE TYPE state AS ENUM ('new', 'done');
CREATE SCHEMA app;
CREATE TABLE app.logs (id bigint, at date NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, remark text NOT NULL, total numeric, kept text NOT NULL);
CREATE TABLE customers (id bigint, name text, full_name text NOT NULL);`;

function settle(answers: readonly string[], wanted = desired, isSure = true, before = current) {
  const given = answers.map((text): GivenAnswer => {
    const [, kind, name, value = ''] = /^(\w+) ([^=]*)=?(.*)$/.exec(text) ?? [];
    return { kind: kind as GivenAnswer['kind'], name: name ?? '', value, place: text };
  });
  const script = parse(wanted, 'postgresql');
  const remarks = remarksIn(wanted, script.statements).remarks.map((remark) => ({
    ...remark,
    place: `line ${remark.line}`,
  }));
  const { answers: settled, misfits } = settleAnswers(given, remarks, {
    current: catalogOf('postgresql', [parse(before, 'postgresql')]).catalog,
    desired: catalogOf('postgresql', [script]).catalog,
    isSure,
  });
  return {
    renames: Object.fromEntries(settled.renames),
    drops: [...settled.drops],
    ...(settled.moves?.size ? { moves: Object.fromEntries(settled.moves) } : {}),
    ...(settled.schemas?.size ? { schemas: Object.fromEntries(settled.schemas) } : {}),
    fills: Object.fromEntries(settled.fills),
    conversions: Object.fromEntries(settled.conversions),
    misfits,
  };
}

const nothing = { renames: {}, drops: [], fills: {}, conversions: {}, misfits: [] };

describe('settleAnswers', () => {
  it('writes names out', () => {
    expect(
      settle([
        'rename orders.note=remark',
        'rename clients=public.customers',
        'rename state.open=new',
        'drop all_orders',
        'fill app.logs.at=now()',
        "fill customers.full_name=name || '='",
        'fill orders.remark=1',
        'convert orders.total=total::numeric',
      ]),
    ).toEqual({
      renames: { 'public.orders.note': 'remark', 'public.clients': 'customers', 'public.state.open': 'new' },
      drops: ['public.all_orders'],
      fills: {
        'app.logs.at': 'now()',
        'public.customers.full_name': "name || '='",
        'public.orders.remark': '1',
      },
      conversions: { 'public.orders.total': 'total::numeric' },
      misfits: [],
    });
  });

  it.each<[string, string, string?]>([
    ['rename orders.not=remark', 'orders.not is not in the current schema', 'orders.note'],
    ['rename ordrs.note=remark', 'ordrs is not in the current schema', 'orders'],
    ['rename orders.note=remarks', 'orders.remarks is not in the desired schema', 'orders.remark'],
    ['rename orders.kept=remark', 'orders.kept is still in the desired schema, so it is not renamed'],
    ['rename orders.note=total', 'orders.total is in the current schema already, so orders.note cannot become it'],
    [
      'rename all_orders=every_order',
      'all_orders is no table, column or value of an enum, and only those can be renamed',
    ],
    ['rename client=customers', 'client is not in the current schema', 'clients'],
    ['drop orders.kept', 'orders.kept is still in the desired schema, so it is not dropped'],
    ['drop orders.nte', 'orders.nte is not in the current schema', 'orders.note'],
    ['fill orders.remrk=1', 'orders.remrk is not in the desired schema', 'orders.remark'],
    ['fill orders.kept=1', 'orders.kept is neither new nor newly required, so that no row is filled'],
    ['fill customers.name=1', 'customers.name is of a new table, in which no row waits for it'],
    ['convert orders.kept=1', 'orders.kept is text already, so that nothing is converted'],
    ['convert orders.remark=1', 'orders.remark is new, so that there are no values to convert'],
  ])('says of %j that %s', (answer, message, known) => {
    const { misfits, ...rest } = settle([answer]);
    expect(rest).toEqual({ renames: {}, drops: [], fills: {}, conversions: {} });
    expect(misfits).toMatchObject([{ place: answer, message }]);
    if (known !== undefined) expect(misfits[0]?.known).toContain(known);
  });

  it('takes one answer of each', () => {
    expect(settle(['drop orders.note', 'rename orders.note=remark']).misfits).toEqual([
      { place: 'rename orders.note=remark', message: 'orders.note has another answer already, in drop orders.note' },
    ]);
  });

  it('lets a name pass where there may be more than can be read', () => {
    expect(settle(['rename orders.made=remark'], desired, false)).toMatchObject({
      renames: { 'public.orders.made': 'remark' },
      misfits: [],
    });
  });

  const marked = `CREATE TYPE state AS ENUM ('open', 'done'); CREATE SCHEMA app; CREATE TABLE app.logs (id bigint);
-- database-lead: renamed from clients
CREATE TABLE customers (
  id bigint,
  full_name text NOT NULL -- database-lead: renamed from name
);
CREATE TABLE orders (
  id bigint PRIMARY KEY,
  -- database-lead: renamed from note
  -- database-lead: fill with 'x'
  remark text NOT NULL,
  total numeric, -- database-lead: convert using total::numeric
  kept text NOT NULL
);`;

  it('reads what stands in the schema', () => {
    expect(settle([], marked)).toEqual({
      ...nothing,
      renames: {
        'public.clients': 'customers',
        'public.clients.name': 'full_name',
        'public.orders.note': 'remark',
      },
      fills: { 'public.orders.remark': "'x'" },
      conversions: { 'public.orders.total': 'total::numeric' },
    });
  });

  it('hears the command first', () => {
    const said = ['drop clients', 'drop orders.note', 'fill orders.remark=2', 'convert orders.total=0'];
    expect(settle(said, marked)).toMatchObject({
      renames: {},
      drops: ['public.clients', 'public.orders.note'],
      fills: { 'public.orders.remark': '2' },
      conversions: { 'public.orders.total': '0' },
    });
  });

  it('passes over what is done, and not what is wrong', () => {
    const done = current.replace('note text', 'note text, -- database-lead: renamed from old_note\n');
    expect(settle([], done)).toEqual(nothing);
    const wrong = desired.replace(
      'remark text NOT NULL,',
      'remark text NOT NULL, -- database-lead: renamed from nte\n',
    );
    expect(settle([], wrong).misfits).toMatchObject([
      { place: 'line 4', message: 'orders.nte is not in the current schema' },
    ]);
  });
});

describe('settleAnswers, of what goes elsewhere', () => {
  const before = `CREATE SCHEMA app; CREATE TABLE users (id bigint PRIMARY KEY, bio text, age int, name text);
CREATE TABLE kept (id bigint PRIMARY KEY, bio text); CREATE VIEW v AS SELECT 1 AS x;`;
  const after = `CREATE SCHEMA app; CREATE TABLE users (id bigint PRIMARY KEY, name text, extra text);
CREATE TABLE profiles (user_id bigint PRIMARY KEY REFERENCES users, bio text, age text, name text);
CREATE TABLE app.kept (id bigint PRIMARY KEY, bio text);
CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint REFERENCES users, bio text);`;
  const settled = (answers: readonly string[], wanted = after) => settle(answers, wanted, true, before);

  it('writes names out', () => {
    expect(settled(['move users.bio=profiles.bio', 'rename kept=app.kept'])).toEqual({
      ...nothing,
      renames: { 'public.kept': 'kept' },
      schemas: { 'public.kept': 'app' },
      moves: { 'public.users.bio': 'public.profiles.bio' },
    });
  });

  it.each<[string, string, string?]>([
    ['move users.boi=profiles.bio', 'users.boi is not in the current schema', 'users.bio'],
    ['move user.bio=profiles.bio', 'user is not in the current schema', 'users'],
    ['move users.bio=profiles.boi', 'profiles.boi is not in the desired schema', 'profiles.bio'],
    ['move users.bio=profile.bio', 'profile is not in the desired schema', 'profiles'],
    ['move users.name=profiles.name', 'users.name is still in the desired schema, so it does not move'],
    [
      'move users.bio=users.extra',
      'users.extra is in the same table as users.bio, so that it is a new name and no move',
    ],
    [
      'move users.age=profiles.age',
      'users.age is integer and profiles.age is text, and a column moves with its type: give it the other one before or after it moves',
    ],
    [
      'move users.bio=notes.bio',
      'nothing says which row of notes belongs to one of users: that takes a foreign key to the primary key, over columns that are unique, or the same primary key',
    ],
    ['rename kept=ap.kept', 'ap.kept is not in the desired schema', 'app.kept'],
    ['rename kept=app.keep', 'app.keep is not in the desired schema', 'app.kept'],
  ])('says of %j that %s', (answer, message, known) => {
    const { misfits } = settled([answer]);
    expect(misfits).toMatchObject([{ place: answer, message }]);
    if (known !== undefined) expect(misfits[0]?.known).toContain(known);
  });

  it('reads what stands in the schema, and passes over what is done', () => {
    const marked = after
      .replace('bio text, age text', 'bio text, -- database-lead: moved from users.bio\nage text')
      .replace('CREATE TABLE app.kept', '-- database-lead: renamed from public.kept\nCREATE TABLE app.kept');
    expect(settled([], marked)).toEqual({
      ...nothing,
      renames: { 'public.kept': 'kept' },
      schemas: { 'public.kept': 'app' },
      moves: { 'public.users.bio': 'public.profiles.bio' },
    });
    expect(settled(['drop users.bio'], marked)).toMatchObject({ drops: ['public.users.bio'], misfits: [] });
    expect(settle([], marked, true, after)).toEqual(nothing);
    expect(settled(['move users.bio=profiles.bio', 'drop users.bio']).misfits).toEqual([
      { place: 'drop users.bio', message: 'users.bio has another answer already, in move users.bio=profiles.bio' },
    ]);
  });
});
