import type { ChangeOf } from '../../../sql/change.ts';
import { display, keyOf } from '../../../sql/name.ts';
import { settle } from '../consider.ts';
import type { Desk } from '../desk.ts';

/** A type that exists gets the values that it lacks, each where the text has it. */
export function createEnum(desk: Desk, change: ChangeOf<'create-enum'>): undefined {
  const { type, values, span } = change;
  const present = desk.catalog().enums.get(keyOf(type));
  if (present === undefined) return settle(desk, change);
  const left = present.filter((value) => !values.includes(value));
  if (left.length > 0) {
    const listed = left.map((value) => `\`${value}\``).join(', ');
    desk.giveUp(
      `The text leaves ${listed} out of the type \`${display(type)}\`: a value in use cannot be taken away by a request.`,
    );
  }
  const known = new Set(present);
  for (const [at, value] of values.entries()) {
    if (known.has(value)) continue;
    const [before, after] = [values.slice(at + 1).find((each) => known.has(each)), values[at - 1]];
    const isLast = after !== undefined && after === [...known].at(-1);
    const place = isLast || before === undefined ? {} : after === undefined ? { before } : { after };
    settle(desk, { kind: 'add-enum-value', type, value, ...place, span });
    known.add(value);
  }
  const isSame = values.every((value) => present.includes(value)) && left.length === 0;
  if (isSame) desk.note(`The type \`${display(type)}\` is as the text has it already.`);
}
