import { describe, expect, it } from 'vitest';
import { understand } from '../../src/requests/understand.ts';
import { catalogOf } from '../../src/sql/apply/index.ts';
import { parse } from '../../src/sql/parsers/index.ts';
import { outcomeOf } from './shop.ts';

const { catalog } = catalogOf('mysql', [
  parse('CREATE TABLE orders (id bigint PRIMARY KEY, status varchar(40), total decimal(10,2));', 'mysql'),
]);
const outcome = (body: string) =>
  outcomeOf(understand({ title: '', body, answers: new Map(), catalog, engine: 'mysql', engineVersion: '8.4' }));

describe('a request for MySQL', () => {
  it.each([
    ['Add a `note` column to orders', []],
    ['Add a timestamp column called shipped_at to orders', []],
    ['Add an index on orders (status)', []],
    ['orders.total must be positive', []],
    ['Add rating (integer between 1 and 5) to orders', []],
    ['Widen orders.status to varchar(80)', []],
    ['orders.total must not be null', ['nulls:orders.total']],
    ['Drop orders.status', ['code:drop:orders.status']],
    ['Add an index on ordrs (status)', ['table:ordrs']],
  ])('%s', (body, asks) => {
    const { wants, ...rest } = outcome(body);
    expect(rest).toEqual({ asks, unread: [] });
    expect(wants.length > 0).toBe(asks.length === 0);
  });
});

describe('a request for SQLite', () => {
  it('is said not to be understood rather than planned wrongly', () => {
    const understood = understand({
      title: '',
      body: 'Add a `note` column to orders. Add an index on orders (status).',
      answers: new Map(),
      catalog: { ...catalog, engine: 'sqlite' },
      engine: 'sqlite',
      engineVersion: '3',
    });
    expect(understood.goals).toEqual([]);
    expect(understood.notUnderstood).toHaveLength(2);
  });
});
