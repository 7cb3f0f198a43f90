import type { Clause, Setting } from '../grammar/clause.ts';
import { isTable } from '../grammar/clause.ts';
import { clausesOf, longestSentence } from '../grammar/clauses.ts';
import { isColumnNoun, isTableNoun, isVerb } from '../grammar/vocabulary.ts';
import type { Wish } from '../grammar/wish.ts';
import { wishesOf } from '../sentences/index.ts';
import { type Sentence, sentencesOf } from '../text/sentences.ts';
import { isWord, type Word } from '../text/words.ts';
import { after, onlyTable } from './context.ts';

/** What a stretch of prose asks for, what of it was not understood, and what was spoken of last. */
export interface Reading {
  readonly wishes: readonly Wish[];
  /** Sentences that look like requests. */
  readonly notUnderstood: readonly string[];
  readonly setting: Setting;
}

/**
 * Reads the sentences of one paragraph. `headline`: a title or heading, where a bare noun phrase ("discount column on
 * orders") asks for the thing.
 */
export function readText(text: string, from: Setting, { headline = false } = {}): Reading {
  const wishes: Wish[] = [];
  const notUnderstood: string[] = [];
  let setting = from;
  for (const sentence of sentencesOf(text)) {
    const read = readSentence(sentence, setting, headline);
    wishes.push(...read.wishes);
    notUnderstood.push(...read.notUnderstood);
    setting = read.setting;
  }
  return { wishes, notUnderstood, setting };
}

function readSentence(sentence: Sentence, from: Setting, headline: boolean): Reading {
  const { words, setting: prefixed } = withoutPrefix(sentence.words, from);
  const wishes: Wish[] = [];
  const notUnderstood: string[] = [];
  let setting = prefixed;
  const clauses = clausesOf({ ...sentence, words });
  for (const clause of clauses) {
    const read = wishesOf(clause, setting) ?? (headline ? asHaving(clause, setting) : undefined);
    for (const wish of read ?? []) setting = after(setting, wish);
    wishes.push(...(read ?? []));
    const spokenOf = read === undefined ? onlyTable([...clause.subject, ...clause.words], setting) : undefined;
    if (spokenOf !== undefined) setting = { ...setting, table: spokenOf, columns: [] };
    if (read === undefined && looksLikeRequest(clause, setting) && !headline)
      notUnderstood.push(shown(clauses.length === 1 ? clause.text : partOf(clause)));
  }
  if (words.length > longestSentence && words.some((word) => isColumnNoun(word) || isTableNoun(word) || isVerb(word))) {
    notUnderstood.push(shown(sentence.text));
  }
  const mentioned = wishes.length === 0 ? onlyTable(words, setting) : undefined;
  return {
    wishes,
    notUnderstood: [...new Set(notUnderstood)],
    setting: mentioned === undefined ? setting : { ...setting, table: mentioned, columns: [] },
  };
}

function asHaving(clause: Clause, setting: Setting): readonly Wish[] | undefined {
  const names = clause.words.some((word) => isColumnNoun(word) || isTableNoun(word) || isWord(word, 'index', 'key'));
  return clause.mood === 'fact' && names ? wishesOf({ ...clause, mood: 'have' }, setting) : undefined;
}

/** "orders: add a discount" speaks of orders; "[DB] add ..." and "feat(db): add ..." speak of nothing. */
function withoutPrefix(
  words: readonly Word[],
  setting: Setting,
): { readonly words: readonly Word[]; readonly setting: Setting } {
  const colon = words.findIndex((word) => isWord(word, ':', ']'));
  if (colon < 1 || colon > 5 || colon === words.length - 1) return { words, setting };
  const before = words.slice(0, colon);
  if (before.some((word) => isColumnNoun(word) || isVerb(word))) return { words, setting };
  const table = onlyTable(before, setting);
  const isPlainPrefix = before.every(
    (word) => isTableNoun(word) || isWord(word, 'on', 'in', 'for', 'the', '[', '(', ')') || isTable(setting, word.text),
  );
  if (table !== undefined && isPlainPrefix)
    return { words: words.slice(colon + 1), setting: { ...setting, table, columns: [] } };
  return table === undefined ? { words: words.slice(colon + 1), setting } : { words, setting };
}

function looksLikeRequest({ mood, negated, words, subject }: Clause, setting: Setting): boolean {
  if (negated || mood === 'fact') return false;
  return [...subject, ...words].some(
    (word) =>
      isColumnNoun(word) ||
      isTableNoun(word) ||
      isWord(
        word,
        'index',
        'constraint',
        'key',
        'query',
        'database',
        'schema',
        'trigger',
        'view',
        'rows',
        'records',
        'partition',
        'sequence',
        'enum',
      ) ||
      ((word.kind === 'word' || word.kind === 'name') &&
        (isTable(setting, word.text) ||
          (word.text.includes('.') && isTable(setting, word.text.slice(0, word.text.indexOf('.')))))),
  );
}

/** What of the sentence the clause covers. */
function partOf({ text, subject, words }: Clause): string {
  const all = [...subject, ...words];
  return text.slice(Math.min(...all.map(({ start }) => start)), Math.max(...all.map(({ end }) => end)));
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 197)}...` : line;
}
