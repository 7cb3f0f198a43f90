import { describe, expect, it } from 'vitest';
import { numberQuestions } from '../../src/requests/questions.ts';
import { catalogOf } from '../../src/sql/apply/index.ts';
import { parse } from '../../src/sql/parsers/index.ts';
import { ask, askUnversioned } from './shop.ts';

const twoSchemas = catalogOf('postgresql', [
  parse('CREATE TABLE log (id int); CREATE SCHEMA audit; CREATE TABLE audit.log (id int);', 'postgresql'),
]);

const question = (id: string) => ({ id, to: 'asker' as const, text: id, choices: [], didYouMean: [] });
const numbered = (previous: readonly { id: string; number: number }[], ids: readonly string[], open = ids) =>
  numberQuestions(previous, { asked: ids.map(question), questions: open.map(question) }).map(
    ({ id, number, open: isOpen }) => [id, number, isOpen],
  );

describe('numberQuestions', () => {
  it('counts from one', () => {
    expect(numbered([], ['a', 'b'])).toEqual([
      ['a', 1, true],
      ['b', 2, true],
    ]);
  });

  it('keeps the numbers that were given, whatever the order is now', () => {
    expect(
      numbered(
        [
          { id: 'a', number: 1 },
          { id: 'b', number: 2 },
        ],
        ['c', 'b', 'a'],
      ),
    ).toEqual([
      ['a', 1, true],
      ['b', 2, true],
      ['c', 3, true],
    ]);
  });

  it('never gives the number of a question that has gone to another', () => {
    expect(numbered([{ id: 'gone', number: 7 }], ['a'])).toEqual([['a', 8, true]]);
  });

  it('tells what is still open', () => {
    expect(numbered([], ['a', 'b'], ['b'])).toEqual([
      ['a', 1, false],
      ['b', 2, true],
    ]);
  });
});

describe('questions', () => {
  it('keep id and number over passes, answers and edits elsewhere', () => {
    const first = numberQuestions([], ask('Add `discount` to orders. Drop legacy from customers.'));
    const edited = ask(
      'Please hurry. Drop legacy from customers.\n\nAdd an index on status. Add `discount` to orders.',
      { 'type:orders.discount': 'integer' },
    );
    expect(numberQuestions(first, edited).map(({ id, number, open }) => [id, number, open])).toEqual([
      ['type:orders.discount', 1, false],
      ['code:drop:customers.legacy', 2, true],
      ['table-of:status', 3, true],
    ]);
  });

  it('go to those who can answer them', () => {
    const { questions } = ask('Drop legacy from customers and add `discount` to orders.');
    expect(questions.map(({ id, to }) => [id, to])).toEqual([
      ['type:orders.discount', 'asker'],
      ['code:drop:customers.legacy', 'backend-lead'],
    ]);
  });

  it('offer what the unknown name may have meant', () => {
    expect(ask('Add an index on ordrs(status)').questions).toEqual([
      {
        id: 'table:ordrs',
        to: 'asker',
        text: 'There is no table `ordrs`. Which table is meant?',
        choices: ['orders', 'audit.log', 'customers', 'order_items', 'products'],
        didYouMean: ['orders'],
      },
    ]);
  });

  it('ask for the version only where nobody gave it', () => {
    const ids = (body: string, engineVersion?: string) =>
      (engineVersion === undefined ? askUnversioned(body) : ask(body, {}, { engineVersion })).questions.map(
        ({ id }) => id,
      );
    expect(ids('Add `note` to orders.')).toEqual(['engine-version']);
    expect(ids('Add `note` to orders. We run PostgreSQL 16.')).toEqual([]);
    expect(ids('Add `note` to orders.', '17')).toEqual([]);
    expect(ids('Good morning.')).toEqual([]);
  });

  it('take the version from the text, the field and the answer', () => {
    const version = (body: string, answer?: string) =>
      askUnversioned(body, answer === undefined ? {} : { 'engine-version': answer }).engineVersion;
    expect(version('Add `note` to orders on Postgres 15.4')).toBe('15.4');
    expect(version('### Engine and version\n\n16\n\n### What should change?\n\nAdd `note` to orders.')).toBe('16');
    expect(version('Add `note` to orders.', 'b')).toBe('17');
    expect(version('Add `note` to orders.', 'it is v14')).toBe('14');
    expect(version('Add `note` to orders.', 'no idea')).toBeUndefined();
  });

  it('tell several schemas apart', () => {
    const { catalog } = twoSchemas;
    expect(ask('Add `note` to log', {}, { catalog }).questions.map(({ id, choices }) => [id, choices])).toEqual([
      ['schema-of:log', ['public.log', 'audit.log']],
    ]);
    expect(ask('Add `note` to log', { 'schema-of:log': 'audit.log' }, { catalog }).goals).toHaveLength(1);
    expect(ask('Add `note` to audit.log', {}, { catalog }).questions).toEqual([]);
    expect(ask('```sql\nALTER TABLE log ADD COLUMN x int;\n```', {}, { catalog }).questions).toEqual([]);
  });

  it('do not ask about rows of a table that is empty or new', () => {
    const rows = () => 0;
    expect(ask('Add b integer not null to orders', {}, { rows }).questions).toEqual([]);
    expect(ask('customers.email must be unique and orders.total must not be null', {}, { rows }).questions).toEqual([]);
    expect(
      ask('```sql\nCREATE TABLE t (id int primary key);\nALTER TABLE t ADD COLUMN a int NOT NULL;\n```').questions,
    ).toEqual([]);
  });
});
