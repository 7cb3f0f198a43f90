import { describe, expect, it } from 'vitest';
import { allowedBy } from '../../../src/engines/seed/checks.ts';
import { edgeFor } from '../../../src/engines/seed/edges.ts';
import { type Slot, valueFor } from '../../../src/engines/seed/values.ts';

function slot(type: string, more: Partial<Slot> = {}): Slot {
  const none = { texts: [], numbers: [], above: undefined, below: undefined, since: undefined, until: undefined };
  const open = { kind: 'b', nullable: false, length: undefined, precision: undefined, scale: undefined, labels: [] };
  return { name: 'title', type, ...open, allowed: none, ...more };
}

describe('valueFor', () => {
  it.each<[string, Slot, string | undefined]>([
    ['a text', slot('text'), "'title 7'"],
    ['a short one that still differs', slot('varchar', { length: 3 }), "'ti7'"],
    ['one of the labels', slot('state', { kind: 'e', labels: ['new', "it's"] }), "'new'"],
    [
      'one of the labels that a check allows',
      slot('state', {
        kind: 'e',
        labels: ['a', 'b', 'c'],
        allowed: allowedBy("CHECK ((s)::text = ANY (ARRAY['b'::text]))"),
      }),
      "'b'",
    ],
    [
      'a text that is as short as a check wants it',
      slot('text', { allowed: allowedBy('CHECK ((length(a) < 4))') }),
      "'ti7'",
    ],
    [
      'a number that every type holds',
      slot('int8', { allowed: allowedBy("CHECK (((a >= '-32768'::integer) AND (a <= 32767)))") }),
      '7',
    ],
    ['an array', slot('_text', { kind: 'a' }), "'{}'"],
    ['a range', slot('daterange', { kind: 'r' }), "'empty'"],
    ['a number', slot('int4'), '7'],
    ['a number that fits', slot('numeric', { precision: 3, scale: 2 }), '7'],
    ['a fraction', slot('numeric', { precision: 2, scale: 2 }), '0'],
    ['a number between', slot('int4', { allowed: allowedBy('CHECK (((a > 10) AND (a <= 12)))') }), '11'],
    ['a listed number', slot('int4', { allowed: allowedBy('CHECK ((a = ANY (ARRAY[5, 6])))') }), '5'],
    ['a listed text', slot('text', { allowed: allowedBy("CHECK ((a = ANY (ARRAY['x'::text, 'y'::text])))") }), "'x'"],
    [
      'a day between',
      slot('date', { allowed: allowedBy("CHECK (((a >= '2026-01-01'::date) AND (a < '2026-01-08'::date)))") }),
      "'2026-01-07'",
    ],
    ['a day before', slot('date', { allowed: allowedBy("CHECK ((a < '2026-01-08'::date))") }), "'2026-01-01'"],
    [
      'a label that a check allows',
      slot('state', {
        kind: 'e',
        labels: ['new', 'old', 'gone'],
        allowed: allowedBy("CHECK ((a = ANY (ARRAY['old'::state, 'gone'::state])))"),
      }),
      "'old'",
    ],
    ['bits', slot('bit', { length: 4 }), "B'0111'"],
    ['nothing for a type it does not know', slot('geometry'), undefined],
  ])('gives %s', (_, of, value) => {
    expect(valueFor(of, 7, 0)).toBe(value);
  });

  it('gives different rows different values', () => {
    for (const type of [
      'text',
      'varchar',
      'int8',
      'uuid',
      'timestamptz',
      'inet',
      'macaddr',
      'bytea',
      'ltree',
      'interval',
    ]) {
      const values = Array.from({ length: 20 }, (_, row) =>
        valueFor(slot(type, { length: type === 'varchar' ? 2 : undefined }), row + 1, 0),
      );
      expect(new Set(values).size, type).toBe(20);
    }
  });
});

describe('allowedBy', () => {
  it.each([
    ['CHECK ((a >= 0))', { texts: [], numbers: [], above: -1, below: undefined }],
    ['CHECK (((a > (0)::numeric) AND (a < (100)::numeric)))', { texts: [], numbers: [], above: 0, below: 100 }],
    ["CHECK ((a ~ '^[a-z]+$'::text))", { texts: [], numbers: [], above: undefined, below: undefined }],
    [
      "CHECK ((jsonb_typeof(a) = 'array'::text))",
      { texts: ['array'], numbers: [], above: undefined, below: undefined },
    ],
    ["CHECK ((a = 'it''s'::text))", { texts: ["it's"], numbers: [], above: undefined, below: undefined }],
    [
      "CHECK (((a >= '2026-01-01'::date) AND (a < '2027-01-01'::date)))",
      {
        texts: ['2026-01-01', '2027-01-01'],
        numbers: [],
        above: 2025,
        below: 2027,
        since: Date.UTC(2026, 0, 1),
        until: Date.UTC(2027, 0, 1),
      },
    ],
  ])('reads %s', (checks, allowed) => {
    expect(allowedBy(checks)).toEqual({ since: undefined, until: undefined, ...allowed });
  });
});

describe('edgeFor', () => {
  it.each<[string, Slot, readonly (string | undefined)[]]>([
    ['of a short text', slot('varchar', { length: 3 }), ["''", "'Ünï'", "'xxx'"]],
    ['of a number', slot('int2'), ['0', '-32768', '32767']],
    ['of a decimal', slot('numeric', { precision: 4, scale: 2 }), ['0', '-99', '99']],
    ['of a day', slot('date'), ["'1970-01-01'", "'0001-01-01'", "'9999-12-31'"]],
    ['of what has none', slot('uuid'), [undefined, undefined, undefined]],
  ])('knows the values at the edge %s', (_name, of, expected) => {
    expect([0, 1, 2].map((which) => edgeFor(of, which))).toEqual(expected);
  });
});
