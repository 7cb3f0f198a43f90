import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fence } from '../../src/messages/escape.ts';
import { markerCodec } from '../../src/messages/marker.ts';

const codec = markerCodec('a secret');
const here = 'owner/repo#12';
const marker = codec.write('plan', here, { task: 1 });
const contexts = fc.constantFrom(here, 'owner/repo#13', 'owner/other#12');
const kinds = fc.constantFrom('plan', 'post', 'sub-issue');

describe('a marker', () => {
  it('is one HTML comment on one line', () => {
    expect(marker).toMatch(/^<!-- database-lead:plan v1 [A-Za-z0-9+/]+=* [0-9a-f]{32} -->$/);
  });

  it('comes back from any text around it, with its own kind and place only', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        kinds,
        contexts,
        fc.string(),
        fc.string(),
        (payload, kind, context, before, after) => {
          const written = codec.write(kind, context, payload);
          expect(written.slice(4, -3)).not.toContain('--');
          const around = [before, after].map((text) => text.replaceAll('`', '').replaceAll('~', ''));
          const body = `${around[0]}\n${written}\n${around[1]}`;
          const expected = [{ kind, payload: JSON.parse(JSON.stringify(payload)) }];
          expect(codec.read(body, context)).toEqual(expected);
          expect(codec.read(body, context, kind)).toEqual(expected);
          expect(codec.read(body, context, 'other')).toEqual([]);
          expect(codec.read(body, `${context}0`)).toEqual([]);
          expect(markerCodec('another secret').read(body, context)).toEqual([]);
        },
      ),
    );
  });

  it('is no marker once a single sign of it is altered', () => {
    fc.assert(
      fc.property(fc.nat(marker.length - 1), fc.constantFrom('a', 'A', '0', ' ', '='), (at, sign) => {
        const altered = marker.slice(0, at) + sign + marker.slice(at + 1);
        fc.pre(altered !== marker);
        expect(codec.read(altered, here)).toEqual([]);
      }),
    );
  });

  it('stays short for long values', () => {
    const payload = { sql: 'ALTER TABLE orders ADD COLUMN note text;\n'.repeat(1_000) };
    const written = codec.write('plan', here, payload);
    expect(written.length).toBeLessThan(2_000);
    expect(codec.read(written, here)).toEqual([{ kind: 'plan', payload }]);
  });

  it('is the same for equal values', () => {
    expect(codec.write('plan', here, { a: 1, b: 2 })).toBe(codec.write('plan', here, { b: 2, a: 1 }));
  });

  it.each(['', 'Plan', 'a b', '-->', 'a--b', '-a'])('refuses the kind %j', (kind) => {
    expect(() => codec.write(kind, here, 1)).toThrow(RangeError);
  });

  it('refuses what is no JSON', () => {
    expect(() => codec.write('plan', here, undefined)).toThrow(TypeError);
  });
});

describe('reading', () => {
  const found = [{ kind: 'plan', payload: { task: 1 } }];
  it.each([
    ['with CRLF', `Text\r\n\r\n${marker}\r\n`, found],
    ['with text behind it', `${marker} and more`, found],
    ['indented by up to three spaces', `   ${marker}`, found],
    ['twice', `${marker}\n${marker}`, [...found, ...found]],
    ['in a quoted reply', `> ${marker}\n\nI agree`, []],
    ['in a quote in a quote', `> > ${marker}`, []],
    ['in a list', `- ${marker}`, []],
    ['in inline code', `\`${marker}\``, []],
    ['in the middle of a line', `see ${marker}`, []],
    ['in a code block', `\`\`\`html\n${marker}\n\`\`\`\n\nThat is it`, []],
    ['in a code block of tildes', `~~~\n${marker}\n~~~\nText`, []],
    ['in a code block that we made', `${fence(`\`\`\`\n${marker}\n`, 'text')}\n\nThat is it`, []],
    ['in an indented code block', `Text\n\n    ${marker}`, []],
    ['behind an unclosed code block', `\`\`\`\nforgotten\n\n${marker}\n`, found],
    ['split over lines', marker.replace(' v1 ', '\nv1 '), []],
    ['without a signature', marker.replace(/ [0-9a-f]{32} /, ' '), []],
    ['with a version to come', marker.replace(' v1 ', ' v3 '), []],
    ['in nothing', '', []],
  ])('a marker %s', (_how, body, expected) => {
    expect(codec.read(body, here)).toEqual(expected);
  });

  it('takes a hostile body in its stride', () => {
    const body = `${'<!-- database-lead:plan v1 '.repeat(20_000)}\n${'`'.repeat(60_000)}\n${marker}`;
    expect(codec.read(body, here)).toEqual(found);
  });
});
