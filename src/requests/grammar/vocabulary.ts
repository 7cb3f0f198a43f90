import { isWord, type Word } from '../text/words.ts';

function list(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}

/** Verbs in the form in which a wish begins with them. */
export const verbs = list(`
  add create introduce include append insert store save track record keep extend give provide
  drop remove delete get rename call change alter modify convert switch migrate turn widen increase extend shrink reduce
  shorten make set mark require enforce ensure index speed optimize optimise accelerate improve tune backfill fill populate
  initialize initialise update link reference connect point replace put allow forbid disallow limit restrict default relax
  split merge move archive partition encrypt anonymize anonymise copy normalize normalise swap truncate grant revoke disable enable
  upgrade deduplicate dedupe sync separate combine purge clean run execute apply`);

/** Words that name what is altered rather than being its name. */
export const columnNouns = list('column columns field fields attribute attributes col cols property properties');
export const tableNouns = list('table tables relation relations');

/** Words that carry nothing here. */
export const articles = list(
  'a an the our this that these those its their his her my your any some each every new additional extra another',
);
export const fillers =
  list(`please also then just simply kindly now too finally additionally furthermore moreover first second third
  next lastly currently still again really actually maybe perhaps both all always respectively therefore hence instead anyway soon eventually asap here`);

export const places = list('on to in from of for into onto within at inside against');

/** Words that can be no name of a column or table, unless they are quoted. */
export const stopWords: ReadonlySet<string> = new Set([
  ...columnNouns,
  ...tableNouns,
  ...articles,
  ...fillers,
  ...places,
  ...list(`and or as with without is are was were be been being it them they we i you he she who which whose where when if because
    by not no non null should must shall need needs want wants have has had having can could may might will would do does did
    there here so than more less very called named type value values default defaults constraint index indexes
    key foreign primary unique required mandatory optional nullable database schema row rows record records true false desc descending asc ascending between`),
]);

/** Without articles and words that carry nothing. Quoted words are never touched. */
export function withoutFillers(words: readonly Word[]): readonly Word[] {
  return words.filter((word, at) => {
    if (word.kind !== 'word') return true;
    // "default now" and "now()" are a time; elsewhere the word carries nothing.
    if (word.lower === 'now')
      return isWord(words[at + 1], '(') || isWord(words[at - 1], 'default', 'to', '=', 'of', 'is', 'with');
    if (!articles.has(word.lower) && !fillers.has(word.lower)) return true;
    // "one of new, paid" and "default new": a value in a list, not the adjective of what follows.
    return isValueLike(word) && (words[at + 1] === undefined || isWord(words[at + 1], ',', 'or', ')', '/'));
  });
}

function isValueLike(word: Word): boolean {
  return isWord(word, 'new', 'first', 'second', 'third', 'next', 'any', 'all', 'both');
}

/** Whether the word may stand for a table or a column. */
export function mayBeName(word: Word | undefined): word is Word {
  if (word === undefined) return false;
  if (word.kind === 'name') return true;
  return (
    word.kind === 'word' &&
    !stopWords.has(word.lower) &&
    /^[\p{L}_]/u.test(word.text) &&
    word.text.split('-').length < 3
  );
}

export function isVerb(word: Word | undefined): boolean {
  return word?.kind === 'word' && verbs.has(word.lower);
}

export function isColumnNoun(word: Word | undefined): boolean {
  return word?.kind === 'word' && columnNouns.has(word.lower);
}

export function isTableNoun(word: Word | undefined): boolean {
  return word?.kind === 'word' && tableNouns.has(word.lower);
}

export function isPlace(word: Word | undefined): boolean {
  return word?.kind === 'word' && places.has(word.lower);
}

export function isComma(word: Word | undefined): boolean {
  return isWord(word, ',', 'and', '&', '+', ';', 'plus', 'or');
}
