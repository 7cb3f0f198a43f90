import type { Clause, Setting } from '../grammar/clause.ts';
import { isTable } from '../grammar/clause.ts';
import { locateKnown } from '../grammar/locate.ts';
import { mayBeName } from '../grammar/vocabulary.ts';
import type { Wish } from '../grammar/wish.ts';
import { isWord, reads, type Word } from '../text/words.ts';

const slow = ['slow', 'slowly', 'sluggish', 'unusable', 'crawls'];
const faster = ['faster', 'quicker', 'fast', 'quick', 'quickly', 'performant', 'responsive'];
const things = [
  'query',
  'queries',
  'report',
  'reports',
  'page',
  'list',
  'listing',
  'endpoint',
  'search',
  'lookup',
  'select',
  'dashboard',
  'join',
  'performance',
  'export',
  'statement',
];
const units: ReadonlyMap<string, number> = new Map(
  Object.entries({
    ms: 1,
    msec: 1,
    millisecond: 1,
    milliseconds: 1,
    s: 1000,
    sec: 1000,
    secs: 1000,
    second: 1000,
    seconds: 1000,
    min: 60_000,
    minute: 60_000,
    minutes: 60_000,
  }),
);

/** "Speed up the orders report", "the report takes 8 seconds, it should take less than 200 ms". */
export function optimize(clause: Clause, setting: Setting): readonly Wish[] | undefined {
  if (clause.negated || !asksForSpeed(clause)) return undefined;
  const all = [...clause.subject, ...clause.words];
  const query = all.find(({ kind, lower }) => kind === 'code' && /^(?:select|with)\b/.test(lower))?.text;
  const about =
    locateKnown(all, setting, ['on', 'of', 'for', 'over', 'in', 'against', 'to', 'from', 'by']).table ??
    firstTable(all, setting);
  const target = targetMs(all);
  return [
    {
      kind: 'optimize',
      ...(query === undefined ? {} : { query }),
      ...(about === undefined ? {} : { about }),
      ...(target === undefined ? {} : { targetMs: target }),
    },
  ];
}

function asksForSpeed({ mood, words, subject }: Clause): boolean {
  const [verb] = words;
  if (mood === 'do') {
    if (isWord(verb, 'speed', 'accelerate', 'optimize', 'optimise', 'tune')) return true;
    if (isWord(verb, 'make', 'improve', 'reduce'))
      return words.some((word) => isWord(word, ...faster, 'performance', 'speed', 'runtime', 'latency'));
    return false;
  }
  const speaksOfQuery = [...subject, ...words].some(
    (word) => word.kind === 'code' || isWord(word, ...things, 'it', 'this'),
  );
  if (mood === 'be') {
    const runs = isWord(
      words[0],
      'run',
      'take',
      'finish',
      'return',
      'respond',
      'answer',
      'complete',
      'load',
      'be',
      'execute',
    );
    return runs && (targetMs(words) !== undefined || words.some((word) => isWord(word, 'faster', 'quicker')));
  }
  if (mood !== 'fact' || !speaksOfQuery) return false;
  if (words.some((word) => isWord(word, 'was', 'were', 'had', 'used'))) return false;
  return (
    words.some((word) => isWord(word, ...slow)) ||
    words.some(
      (word, at) =>
        isWord(word, 'takes', 'take', 'needs') &&
        words.slice(at, at + 5).some((_, offset) => duration(words, at + offset) !== undefined),
    ) ||
    words.some(
      (_, at) =>
        reads(words, at, 'times', 'out') || reads(words, at, 'timing', 'out') || reads(words, at, 'too', 'long'),
    )
  );
}

/** The time that the words demand: "under 200 ms", "within two seconds" is not read. */
export function targetMs(words: readonly Word[]): number | undefined {
  for (let at = 0; at < words.length; at++) {
    const bound =
      isWord(words[at], 'under', 'below', 'within', 'than', '<', '<=', 'most', 'max', 'maximum', '≤', 'target') ||
      (isWord(words[at], 'in', 'to') &&
        words
          .slice(0, at)
          .some((word) =>
            isWord(word, 'run', 'return', 'respond', 'finish', 'down', 'answer', 'load', 'reduce', 'complete'),
          ));
    if (!bound) continue;
    const found = duration(words, at + 1) ?? duration(words, at + 2);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Milliseconds of "200 ms", "200ms", "1.5 s". */
export function duration(words: readonly Word[], at: number): number | undefined {
  const word = words[at];
  const joined = word?.kind === 'word' ? /^(\d{1,9})([a-z]+)$/.exec(word.lower) : null;
  const figure = joined?.[1] ?? (word?.kind === 'number' ? word.text : isWord(word, 'one') ? '1' : undefined);
  const unit = units.get(joined?.[2] ?? (words[at + 1]?.kind === 'word' ? (words[at + 1]?.lower ?? '') : ''));
  if (figure === undefined || unit === undefined) return undefined;
  const milliseconds = Number(figure) * unit;
  return milliseconds > 0 ? milliseconds : undefined;
}

function firstTable(words: readonly Word[], setting: Setting): string | undefined {
  return words.find((word) => mayBeName(word) && isTable(setting, word.text))?.text;
}
