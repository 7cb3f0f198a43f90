import { isWord, type Word, wordsOf } from './words.ts';

export interface Sentence {
  readonly text: string;
  /** Words without the mark that ends the sentence. Their offsets count from the start of `text`. */
  readonly words: readonly Word[];
  readonly isQuestion: boolean;
}

const abbreviations = new Set(['e.g', 'i.e', 'eg', 'ie', 'etc', 'vs', 'approx', 'incl', 'resp', 'cf']);
const openers = new Set(
  `add create drop remove delete rename change alter modify convert make set index speed optimize optimise store introduce
   backfill fill populate please we i also then ensure allow default mark link reference`.split(/\s+/),
);

/** The sentences of a paragraph. A line end counts as one unless the next line plainly goes on. */
export function sentencesOf(paragraph: string): readonly Sentence[] {
  const words = wordsOf(paragraph);
  const sentences: Sentence[] = [];
  let from = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    const next = words[at + 1];
    if (isStop(word, words[at - 1], next)) {
      push(from, at, isWord(word, '?'));
      from = at + 1;
    } else if (next !== undefined && breaksLine(paragraph, word, next)) {
      push(from, at + 1, false);
      from = at + 1;
    }
  }
  push(from, words.length, false);
  return sentences;

  function push(start: number, end: number, isQuestion: boolean): void {
    const [first] = words.slice(start, start + 1);
    const last = words[end - 1];
    if (first === undefined || last === undefined || end <= start) return;
    const offset = first.start;
    sentences.push({
      text: paragraph.slice(offset, last.end).replace(/\n/g, ' '),
      words: words.slice(start, end).map((word) => ({ ...word, start: word.start - offset, end: word.end - offset })),
      isQuestion,
    });
  }
}

function isStop(word: Word, before: Word | undefined, next: Word | undefined): boolean {
  if (isWord(word, ';')) return true;
  if (!isWord(word, '.', '!', '?')) return false;
  if (next !== undefined && next.start === word.end && !isWord(next, '.', '!', '?', ')')) return false;
  return !(word.text === '.' && before !== undefined && abbreviations.has(before.lower));
}

function breaksLine(paragraph: string, word: Word, next: Word): boolean {
  if (!paragraph.slice(word.end, next.start).includes('\n')) return false;
  if (isWord(word, ',', 'and', 'or', 'to', 'on', 'the', 'a', 'an', 'of', 'in', '(')) return false;
  return openers.has(next.lower) || /^\p{Lu}/u.test(next.text) || next.kind !== 'word';
}
