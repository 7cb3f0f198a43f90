import type { Clause, Setting } from '../grammar/clause.ts';
import { columnsOf, nameOf } from '../grammar/columns.ts';
import { isColumnNoun, isPlace, isTableNoun, mayBeName } from '../grammar/vocabulary.ts';
import type { Wish } from '../grammar/wish.ts';
import { isWord, type Word } from '../text/words.ts';

const creating = ['create', 'add', 'introduce', 'make'];

/** "Create a table coupons with code (text, unique) and amount", "we need a coupons table". */
export function createTable(
  { mood, subject, words, negated, text }: Clause,
  setting: Setting,
): readonly Wish[] | undefined {
  if (negated || subject.length > 0) return undefined;
  if (mood === 'do' ? !isWord(words[0], ...creating) : mood !== 'have') return undefined;
  const rest = mood === 'do' ? words.slice(1) : words;
  const noun = rest.findIndex((word) => isTableNoun(word));
  if (noun === -1) return named(rest, words[0], setting, text);
  // "a column on table orders", "an index for the orders table": something else is to be made there.
  const before = rest.slice(0, noun);
  if (
    before.some(
      (word) => isPlace(word) || isColumnNoun(word) || isWord(word, 'index', 'key', 'constraint', 'reference'),
    )
  )
    return undefined;

  const names = before.filter((word) => mayBeName(word));
  let at = noun + 1;
  if (names.length === 0) {
    while (isWord(rest[at], 'called', 'named', ':', '=') || (isWord(rest[at], 'name') && mayBeName(rest[at + 1]))) at++;
    // "a table for invoices with ...": what it is for is its name, where it has no other.
    const isPurpose =
      isWord(rest[at], 'for', 'of') && endsName(rest[at + 2]) && !rest.some((word) => isWord(word, 'called', 'named'));
    const name = rest[isPurpose ? at + 1 : at];
    if (mayBeName(name)) {
      names.push(name);
      at += isPurpose ? 2 : 1;
    }
  } else if (isWord(rest[at], 'called', 'named')) {
    const name = rest[at + 1];
    if (mayBeName(name)) names.splice(0, names.length, name);
    at += 2;
  }
  return [wish(names, rest.slice(at), setting, text)];
}

function endsName(word: Word | undefined): boolean {
  return word === undefined || isWord(word, 'with', '(', ':', 'having', 'containing', ',');
}

/** "Create `coupons` with ...": without the noun only a quoted new name is taken for a table. */
function named(
  rest: readonly Word[],
  verb: Word | undefined,
  setting: Setting,
  text: string,
): readonly Wish[] | undefined {
  const [name, next] = rest;
  const speaksOfOthers =
    rest.some((word) => isColumnNoun(word) && !isWord(word, 'columns', 'fields')) ||
    rest.some((word) => isWord(word, 'index', 'key', 'constraint'));
  if (!isWord(verb, 'create') || name?.kind !== 'name' || speaksOfOthers) return undefined;
  if (next !== undefined && !isWord(next, 'with', '(', ':', 'having', 'containing')) return undefined;
  return [wish([name], rest.slice(1), setting, text)];
}

function wish(names: readonly Word[], rest: readonly Word[], setting: Setting, text: string): Wish {
  return {
    kind: 'create-table',
    ...(names.length === 0 ? {} : { table: nameOf(names) }),
    columns: columnsOf(definitions(rest), setting, text, 'definition').filter(({ name }) => name !== undefined),
  };
}

/** What stands after "with", "with columns", "(" or ":"; a purpose ("for marketing", "to hold coupons") is no column. */
function definitions(rest: readonly Word[]): readonly Word[] {
  const from = rest.findIndex((word) =>
    isWord(word, 'with', '(', ':', 'having', 'containing', 'columns', 'fields', 'has', 'including'),
  );
  if (from === -1) return [];
  let at = from;
  while (
    isWord(rest[at], 'with', '(', ':', 'having', 'containing', 'columns', 'fields', 'following', 'has', 'including')
  )
    at++;
  return rest.slice(at);
}
