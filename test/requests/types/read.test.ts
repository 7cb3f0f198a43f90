import { describe, expect, it } from 'vitest';
import { readWrittenType } from '../../../src/requests/types/read.ts';
import { shop } from '../shop.ts';

describe('a type in words or SQL', () => {
  it.each([
    ['text', 'text'],
    ['string', 'text'],
    ['varchar(40)', 'character varying(40)'],
    ['VARCHAR (40)', 'character varying(40)'],
    ['character varying(40)', 'character varying(40)'],
    ['int', 'integer'],
    ['whole number', 'integer'],
    ['big number', 'bigint'],
    ['numeric(10, 2)', 'numeric(10,2)'],
    ['money amount', 'numeric(12,2)'],
    ['yes / no', 'boolean'],
    ['flag', 'boolean'],
    ['timestamp', 'timestamp with time zone'],
    ['timestamp without time zone', 'timestamp without time zone'],
    ['timestamptz', 'timestamp with time zone'],
    ['double precision', 'double precision'],
    ['date and time', 'timestamp with time zone'],
    ['date', 'date'],
    ['uuid', 'uuid'],
    ['json', 'jsonb'],
    ['text[]', 'text[]'],
    ['size', 'size'],
    ['IP address', 'inet'],
  ])('%s', (written, type) => {
    expect(readWrittenType(written, 'postgresql', shop)).toMatchObject({ kind: 'type', type });
  });

  it.each([
    ['number', ['integer', 'bigint', 'numeric(12,2)']],
    ['enum', ['text', 'smallint']],
  ])('%s may be several', (written, types) => {
    expect(readWrittenType(written, 'postgresql', shop)).toEqual({ kind: 'several', types });
  });

  it.each(['integr', 'blorb', 'citext', '', 'int); DROP TABLE orders; --', 'int, b int', 'constructor', 'text\0'])(
    '%j is none',
    (written) => {
      expect(readWrittenType(written, 'postgresql', shop).kind).toBe('unknown');
    },
  );

  it.each([
    ['mysql', 'timestamp', 'datetime'],
    ['mysql', 'whole number', 'int'],
    ['mariadb', 'varchar(40)', 'varchar(40)'],
    ['sqlite', 'flag', 'integer'],
  ] as const)('in %s, %s', (engine, written, type) => {
    expect(readWrittenType(written, engine, { ...shop, engine })).toMatchObject({ kind: 'type', type });
  });
});
