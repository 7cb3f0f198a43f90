import type { Sentence } from '../text/sentences.ts';
import { isWord, reads, type Word } from '../text/words.ts';
import type { Clause } from './clause.ts';
import {
  ambiguousVerbs,
  assurances,
  haves,
  having,
  modals,
  negations,
  participles,
  polite,
  subordinators,
  tails,
} from './phrases.ts';
import { isColumnNoun, isComma, isPlace, isTableNoun, isVerb, mayBeName, withoutFillers } from './vocabulary.ts';

/** Longer sentences are prose gone wrong (pasted logs, data); no request is said in one. */
export const longestSentence = 300;

/** The wish-sized parts of a sentence, each in normal form; a sentence that is no wish gives facts or nothing. */
export function clausesOf(sentence: Sentence): readonly Clause[] {
  if (sentence.words.length === 0 || sentence.words.length > longestSentence) return [];
  if (sentence.isQuestion && !isPoliteQuestion(sentence.words)) return [];
  const words = main(withoutFillers(sentence.words));
  return pieces(words).flatMap((piece) => {
    const clause = normal(piece, sentence.text);
    return clause === undefined ? [] : [clause];
  });
}

function isPoliteQuestion(words: readonly Word[]): boolean {
  return (
    reads(withoutFillers(words), 0, 'can|could|would|will', 'you|we|someone|somebody') ||
    reads(words, 0, 'is', 'it', 'possible') ||
    reads(words, 0, 'would', 'it', 'be', 'possible')
  );
}

/** The sentence without what only explains it: leading conditions, reasons, alternatives, examples. */
function main(words: readonly Word[]): readonly Word[] {
  let from = 0;
  if (isWord(words[0], ...subordinators) && words[0]?.kind === 'word') {
    const comma = words.findIndex((word) => isWord(word, ','));
    if (comma === -1) return [];
    from = comma + 1;
  }
  let to = words.length;
  for (let at = from + 1; at < to; at++) {
    if (tails.some((tail) => reads(words, at, ...tail)) || remarks(words, at)) to = at;
  }
  return words.slice(from, to);
}

/** ", it's obsolete", ", nobody uses it": a remark on what was said, unless it says what should be. */
function remarks(words: readonly Word[], at: number): boolean {
  if (!isWord(words[at], ',') || !isWord(words[at + 1], 'it', 'they', 'nobody', 'which', 'there')) return false;
  return ![at + 2, at + 3].some(
    (next) => modals.some((modal) => reads(words, next, ...modal)) || isWord(words[next], 'needs', 'has'),
  );
}

/** Cuts "add a to orders and drop b" in two; "add a and b to orders" stays whole. */
function pieces(words: readonly Word[]): readonly (readonly Word[])[] {
  const found: (readonly Word[])[] = [];
  let from = 0;
  let depth = 0;
  for (let at = 0; at < words.length; at++) {
    if (isWord(words[at], '(')) depth++;
    else if (isWord(words[at], ')')) depth = Math.max(0, depth - 1);
    if (depth > 0 || at === from) continue;
    if (!isWord(words[at], 'and', ',', 'then', 'but', 'so', '&', ';', '-', ':')) continue;
    let next = at + 1;
    while (isWord(words[next], 'and', 'then', 'but', 'so', ',', 'to', 'please')) next++;
    if (!begins(words, next, isComplete(words.slice(from, at)))) continue;
    found.push(words.slice(from, at));
    from = next;
    at = next - 1;
  }
  found.push(words.slice(from));
  return found;
}

/** Whether the words say what is to be; a mere list of names ("status and code must be unique") is still waiting for it. */
function isComplete(words: readonly Word[]): boolean {
  return words.some((word, at) => isVerb(word) || [...modals, ...having].some((phrase) => reads(words, at, ...phrase)));
}

/** Whether a new wish begins here. `complete`: what stands before is one already. */
function begins(words: readonly Word[], at: number, complete: boolean): boolean {
  const word = words[at];
  if (word === undefined) return false;
  if (isWord(word, ...negations) && isVerb(words[at + 1])) return true;
  if (isWord(word, 'do') && isWord(words[at + 1], ...negations)) return true;
  if (isVerb(word)) {
    if (!isWord(word, ...ambiguousVerbs)) return true;
    const next = words[at + 1];
    if (isWord(word, 'default') && !isWord(words[at + 2], 'to')) return false;
    return isWord(next, 'it', 'them') || (mayBeName(next) && !isWord(words[at + 1], 'null'));
  }
  if ([...polite, ...having].some((phrase) => phrase.length > 1 && reads(words, at, ...phrase))) return true;
  // "and it should be unique", "and orders must have a phone column"
  if (!complete) return false;
  for (let ahead = at + 1; ahead <= at + 3; ahead++) {
    if (words.slice(at, ahead).every((each) => mayBeName(each) || isWord(each, 'it', 'they', 'column', 'table'))) {
      if (modals.some((modal) => reads(words, ahead, ...modal))) return true;
    }
  }
  return false;
}

function normal(piece: readonly Word[], text: string): Clause | undefined {
  let words = strip(piece);
  let negated = false;
  const want = having.find((phrase) => reads(words, 0, ...phrase));
  if (want !== undefined && !isWord(words[want.length], 'to')) {
    words = words.slice(want.length);
    if (isVerb(words[0]) && !mayBeNoun(words)) return { mood: 'do', subject: [], words, negated, text };
    return { mood: 'have', subject: [], words, negated, text };
  }
  while (isWord(words[0], ...negations, 'do') && words[0]?.kind === 'word') {
    negated ||= isWord(words[0], ...negations);
    words = words.slice(1);
  }
  if (words.length === 0) return undefined;
  words = placeLast(words);
  const assured = assurances.find((phrase) => reads(words, 0, ...phrase));
  if (assured !== undefined) return assuredClause(words.slice(assured.length), text, negated);
  if (isVerb(words[0])) return { mood: 'do', subject: [], words, negated, text };
  return modal(words, text, negated) ?? needed(words, text) ?? { mood: 'fact', subject: [], words, negated, text };
}

/** "for existing orders set status to 'new'": the place goes behind the wish. */
function placeLast(words: readonly Word[]): readonly Word[] {
  if (!isPlace(words[0])) return words;
  const verb = words.findIndex((word, at) => at > 1 && at < 8 && isVerb(word));
  if (verb === -1) return words;
  const place = words.slice(0, isWord(words[verb - 1], ',', ':') ? verb - 1 : verb);
  return [...words.slice(verb), ...place];
}

/** "a new column `note` on orders is needed". */
function needed(words: readonly Word[], text: string): Clause | undefined {
  const at = words.findLastIndex((word) => isWord(word, 'is', 'are'));
  const isNeed =
    at > 0 && at === words.length - 2 && isWord(words[at + 1], 'needed', 'required', 'missing', 'wanted', 'necessary');
  const things = words.slice(0, Math.max(at, 0));
  if (!isNeed || !things.some((word) => isColumnNoun(word) || isTableNoun(word) || isWord(word, 'index', 'key')))
    return undefined;
  return { mood: 'have', subject: [], words: things, negated: false, text };
}

/** "make sure that email is unique": the statement is demanded. */
function assuredClause(words: readonly Word[], text: string, negated: boolean): Clause | undefined {
  const said = modal(words, text, negated);
  if (said !== undefined) return said;
  const at = words.findIndex((word) => isWord(word, 'is', 'are', 'has', 'have', 'references'));
  if (at < 1) return { mood: 'do', subject: [], words: [...ensure(words), ...words], negated, text };
  const mood = isWord(words[at], 'has', 'have') ? 'have' : 'be';
  return {
    mood,
    subject: words.slice(0, at),
    words: words.slice(isWord(words[at], 'references') ? at : at + 1),
    negated,
    text,
  };
}

function ensure(words: readonly Word[]): readonly Word[] {
  return words.slice(0, 1).map((word) => ({ ...word, kind: 'word', text: 'ensure', lower: 'ensure', end: word.start }));
}

/** "need index on orders": the word is both a verb and a noun, and after "need" it is the noun. */
function mayBeNoun(words: readonly Word[]): boolean {
  return isWord(words[0], 'index', 'reference', 'link', 'default', 'record', 'change', 'set', 'limit');
}

function strip(words: readonly Word[]): readonly Word[] {
  let rest = words;
  for (let phrase = lead(rest); phrase !== undefined; phrase = lead(rest)) rest = rest.slice(phrase.length);
  return rest;
}

function lead(words: readonly Word[]): readonly string[] | undefined {
  if (having.some((phrase) => reads(words, 0, ...phrase) && !isWord(words[phrase.length], 'to'))) return undefined;
  return polite.find((phrase) => phrase.length < words.length && reads(words, 0, ...phrase));
}

/** "SUBJECT should have X", "SUBJECT must be X", "SUBJECT should be dropped". */
function modal(words: readonly Word[], text: string, before: boolean): Clause | undefined {
  for (let at = 1; at < words.length; at++) {
    const phrase = modals.find((each) => reads(words, at, ...each)) ?? bareHave(words, at);
    if (phrase === undefined) continue;
    let subject = words.slice(0, at);
    let next = at + phrase.length;
    let negated = before || isWord(words[at], ...negations);
    if (isWord(words[next], ...negations)) {
      negated = true;
      next++;
    } else if (reads(words, next, 'no', 'longer')) {
      negated = true;
      next += 2;
    }
    if (isWord(subject.at(-1), ',', ':')) subject = subject.slice(0, -1);
    // "legacy is no longer needed and can be dropped": what it is stands between.
    const copula = subject.findIndex((word) => isWord(word, 'is', 'are', "isn't", "aren't"));
    if (copula > 0) subject = subject.slice(0, copula);
    const rest = words.slice(next);
    if (phrase[0] === 'needs|has|have|gets|lacks|misses' && reads(subject, subject.length - 2, 'no', 'longer'))
      negated = true;
    if (phrase[0] === 'needs|has|have|gets|lacks|misses') return { mood: 'have', subject, words: rest, negated, text };
    if (haves.some((each) => reads(rest, 0, ...each)))
      return { mood: 'have', subject, words: rest.slice(1), negated, text };
    const be = isWord(rest[0], 'be', 'become', 'get') ? 1 : 0;
    const verb = participles.get(rest[be]?.lower ?? '');
    if ((be === 1 || isWord(rest[0], 'gone')) && verb !== undefined && !(verb === 'set' && rest.length === 2)) {
      const made: Word = { ...(rest[be] as Word), text: verb, lower: verb };
      return { mood: 'do', subject: [], words: [made, ...subject, ...rest.slice(be + 1)], negated, text };
    }
    if (isWord(rest[0], 'go') && rest.length <= 2) {
      const made: Word = { ...(rest[0] as Word), text: 'drop', lower: 'drop' };
      return { mood: 'do', subject: [], words: [made, ...subject], negated, text };
    }
    return { mood: 'be', subject, words: rest, negated, text };
  }
  return undefined;
}

/** "orders needs a discount column": without "to", but with a thing that can be had. */
function bareHave(words: readonly Word[], at: number): readonly string[] | undefined {
  return isWord(words[at], 'needs', 'need', 'lacks', 'gets', 'misses', 'wants', 'requires') && !isComma(words[at + 1])
    ? ['needs|has|have|gets|lacks|misses']
    : undefined;
}
