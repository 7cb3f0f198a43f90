/** Types between which PostgreSQL compares without a cast that is written out; types that are not listed may be comparable. */
const families: readonly (readonly string[])[] = [
  ['smallint', 'integer', 'bigint'],
  ['text', 'character varying', 'character', 'bpchar'],
  ['uuid'],
  ['boolean'],
  ['date', 'timestamp without time zone', 'timestamp with time zone'],
  ['bytea'],
  ['inet', 'cidr'],
];

/**
 * Whether values of two types can be compared by one of PostgreSQL's own operators. Of types that are not known here, or are
 * somebody's own, the answer is yes: nothing proves the contrary.
 */
export function areComparable(one: string, other: string): boolean {
  const first = familyOf(one);
  const second = familyOf(other);
  return first === undefined || second === undefined || first === second;
}

function familyOf(type: string): readonly string[] | undefined {
  const plain = type.replace(/\(\d+\)/, '');
  return families.find((family) => family.includes(plain));
}
