import { beforeAll, describe, expect, it } from 'vitest';
import { loadParsers, parse } from '../../../src/sql/parsers/index.ts';

beforeAll(loadParsers);

function changesOf(sql: string): readonly unknown[] {
  const { statements, errors } = parse(sql, 'postgresql');
  expect(errors).toEqual([]);
  return statements.flatMap(({ changes }) => changes.map(({ span: _span, ...change }) => change));
}

const d = { name: 'd' };
const domain = (action: object) => [{ kind: 'alter-domain', domain: d, action }];
const composite = (edit: object) => ({ kind: 'alter-composite', type: { name: 'c' }, cascade: false, ...edit });

describe('types', () => {
  it.each<readonly [string, readonly unknown[]]>([
    [
      `CREATE DOMAIN app.email AS varchar(40) COLLATE "C" DEFAULT 'a' || '@' NOT NULL CONSTRAINT at CHECK (VALUE ~ '@') CHECK (length(VALUE) > 1)`,
      [
        {
          kind: 'create-domain',
          domain: { schema: 'app', name: 'email' },
          definition: {
            type: 'character varying(40)',
            nullable: false,
            default: { sql: "'a' || '@'", volatility: 'constant' },
            collation: '"C"',
            checks: [
              { name: 'at', expression: "VALUE ~ '@'", validated: true },
              { expression: 'length(VALUE) > 1', validated: true },
            ],
          },
        },
      ],
    ],
    [
      'CREATE DOMAIN d int NULL',
      [{ kind: 'create-domain', domain: d, definition: { type: 'integer', nullable: true, checks: [] } }],
    ],
    [
      'ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0)',
      domain({ kind: 'add-check', check: { name: 'c', expression: 'VALUE > 0', validated: true } }),
    ],
    [
      'ALTER DOMAIN d ADD CHECK (VALUE > 0) NOT VALID',
      domain({ kind: 'add-check', check: { expression: 'VALUE > 0', validated: false } }),
    ],
    ['ALTER DOMAIN d ADD NOT NULL', domain({ kind: 'set-not-null' })],
    ['ALTER DOMAIN d SET NOT NULL', domain({ kind: 'set-not-null' })],
    ['ALTER DOMAIN d DROP NOT NULL', domain({ kind: 'drop-not-null' })],
    ['ALTER DOMAIN d VALIDATE CONSTRAINT c', domain({ kind: 'validate-constraint', name: 'c' })],
    [
      'ALTER DOMAIN d DROP CONSTRAINT IF EXISTS c CASCADE',
      domain({ kind: 'drop-constraint', name: 'c', ifExists: true }),
    ],
    ['ALTER DOMAIN d RENAME CONSTRAINT c TO "C"', domain({ kind: 'rename-constraint', name: 'c', to: 'C' })],
    [
      'ALTER DOMAIN d SET DEFAULT now()',
      domain({ kind: 'set-default', default: { sql: 'now()', volatility: 'stable' } }),
    ],
    ['ALTER DOMAIN d DROP DEFAULT', domain({ kind: 'drop-default' })],
    ['ALTER DOMAIN d RENAME TO e', [{ kind: 'rename-type', type: d, to: 'e' }]],
    ['ALTER DOMAIN d SET SCHEMA app', [{ kind: 'set-type-schema', type: d, to: 'app' }]],
    [
      'CREATE TYPE c AS (a int, "B" text[])',
      [
        {
          kind: 'create-composite',
          type: { name: 'c' },
          attributes: [
            { name: 'a', type: 'integer' },
            { name: 'B', type: 'text[]' },
          ],
        },
      ],
    ],
    [
      'ALTER TYPE c ADD ATTRIBUTE a int, DROP ATTRIBUTE IF EXISTS b, ALTER ATTRIBUTE e SET DATA TYPE text CASCADE',
      [
        composite({ action: 'add', attribute: 'a', to: 'integer' }),
        composite({ action: 'drop', attribute: 'b' }),
        composite({ action: 'change-type', attribute: 'e', to: 'text', cascade: true }),
      ],
    ],
    ['ALTER TYPE c RENAME ATTRIBUTE a TO b', [composite({ action: 'rename', attribute: 'a', to: 'b' })]],
    ['ALTER TYPE app.c RENAME TO e', [{ kind: 'rename-type', type: { schema: 'app', name: 'c' }, to: 'e' }]],
    ["CREATE TYPE m AS ENUM ('a', 'it''s')", [{ kind: 'create-enum', type: { name: 'm' }, values: ['a', "it's"] }]],
    [
      "ALTER TYPE m ADD VALUE IF NOT EXISTS 'b' AFTER 'a'",
      [{ kind: 'add-enum-value', type: { name: 'm' }, value: 'b', after: 'a', ifNotExists: true }],
    ],
    ["ALTER TYPE m RENAME VALUE 'a' TO 'b'", [{ kind: 'rename-enum-value', type: { name: 'm' }, value: 'a', to: 'b' }]],
    ['ALTER TYPE c OWNER TO boss', [expect.objectContaining({ kind: 'other' })]],
    ['CREATE TYPE r AS RANGE (subtype = int)', [{ kind: 'other', what: 'CREATE TYPE' }]],
  ])('%s', (sql, changes) => {
    expect(changesOf(sql)).toEqual(changes);
  });
});

describe('what a USING casts', () => {
  it.each<readonly [string, readonly string[] | undefined]>([
    ['a', []],
    ['(a)', []],
    ['t.a', []],
    ['a::text', ['text']],
    ['CAST(a AS varchar(3))', ['character varying(3)']],
    ['(a::text)::int4', ['text', 'integer']],
    ['b', undefined],
    ['lower(a)', undefined],
    ['lower(a)::text', undefined],
    ["a AT TIME ZONE 'UTC'", undefined],
    ["a || ''", undefined],
  ])('%s', (using, casts) => {
    const [change] = changesOf(`ALTER TABLE t ALTER a TYPE text USING ${using}`);
    expect((change as { casts?: unknown }).casts).toEqual(casts);
  });

  it('and what one without does not say', () => {
    expect(changesOf('ALTER TABLE t ALTER a TYPE text COLLATE pg_catalog."de-x-icu"')).toEqual([
      {
        kind: 'change-column-type',
        table: { name: 't' },
        column: 'a',
        type: 'text',
        collation: 'pg_catalog."de-x-icu"',
      },
    ]);
  });
});

it('reads the collation of a column', () => {
  expect(changesOf(`CREATE TABLE t (a text COLLATE "C" DEFAULT 'x' || 'y' NOT NULL)`)).toEqual([
    expect.objectContaining({
      columns: [
        {
          name: 'a',
          type: 'text',
          nullable: false,
          default: { sql: "'x' || 'y'", volatility: 'constant' },
          collation: '"C"',
        },
      ],
    }),
  ]);
});
