import { isFreeTypeChange } from '../../sql/facts/type-changes.ts';

const ranks: readonly (readonly string[])[] = [
  ['smallint', 'integer', 'bigint', 'numeric', 'text'],
  ['real', 'double precision', 'text'],
  ['date', 'timestamp without time zone'],
  ['date', 'timestamp with time zone'],
  ['boolean', 'text'],
  ['uuid', 'text'],
  ['date', 'text'],
  ['json', 'jsonb'],
  ['character', 'character varying', 'text'],
  ['tinyint', 'smallint', 'mediumint', 'int', 'bigint'],
  ['varchar', 'text', 'mediumtext', 'longtext'],
];

/** Whether every value of one type has its place in the other. Both in canonical spelling. */
export function isLossless(from: string, to: string): boolean {
  if (isFreeTypeChange(from, to)) return true;
  const [a, limitsA] = parts(from);
  const [b, limitsB] = parts(to);
  if (a === b) {
    const [oldFirst = Number.POSITIVE_INFINITY, oldScale = 0] = limitsA;
    const [newFirst = Number.POSITIVE_INFINITY, newScale = 0] = limitsB;
    if (limitsB.length === 0) return true;
    return newScale >= oldScale && newFirst - newScale >= oldFirst - oldScale && limitsA.length > 0;
  }
  const room = limitsB.length === 0 || (isTextual(b) && (limitsA[0] ?? Number.POSITIVE_INFINITY) <= (limitsB[0] ?? 0));
  return room && ranks.some((rank) => rank.includes(a) && rank.indexOf(a) < rank.indexOf(b));
}

function isTextual(base: string): boolean {
  return base === 'character varying' || base === 'varchar';
}

function parts(type: string): readonly [string, readonly number[]] {
  const match = /^([^(]+)\(([\d,]+)\)(.*)$/.exec(type);
  return match === null ? [type, []] : [`${match[1]}${match[3]}`, (match[2] ?? '').split(',').map(Number)];
}
