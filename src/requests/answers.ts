import { isCommand, readCommands } from './commands.ts';
import type { AskedQuestion } from './questions.ts';
import { chosen } from './resolve/choices.ts';
import { following } from './text/following.ts';
import { type Line, linesOf } from './text/lines.ts';

/** An answer in force. `text` is the choice where one was picked by its letter, number or beginning. */
export interface Answer {
  readonly text: string;
  readonly author: string;
  readonly at: string;
}

/** Something that was meant as an answer and is none. */
export interface UnclearAnswer {
  readonly author: string;
  readonly text: string;
  readonly reason: string;
}

interface Comment {
  readonly author: string;
  readonly body: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

interface Given {
  readonly number: number;
  readonly text: string;
}

/**
 * The answers in a conversation, the last one to each question: `1: text` in a reply, `/db answer 1 text`, or a bare reply
 * while a single question is open. Comments count in the order of their time; one from before a question was asked (where
 * `askedAt` is given) is no bare answer to it. Whether an answer makes sense is seen where it is used.
 */
export function readAnswers(
  comments: readonly Comment[],
  asked: readonly AskedQuestion[],
): { readonly answers: ReadonlyMap<string, Answer>; readonly unclear: readonly UnclearAnswer[] } {
  const answers = new Map<string, Answer>();
  const unclear: UnclearAnswer[] = [];
  if (asked.length === 0) return { answers, unclear };
  const byNumber = new Map(asked.map((question) => [question.number, question]));

  for (const { author, body, createdAt } of comments.toSorted((a, b) => compare(a.createdAt, b.createdAt))) {
    const given = numbered(body, byNumber);
    for (const { number, text } of given) {
      const question = byNumber.get(number);
      if (question === undefined)
        unclear.push({ author, text: `${number}: ${text}`, reason: `there is no question ${number}${range(asked)}` });
      else if (text === '') unclear.push({ author, text: `${number}:`, reason: 'it is empty' });
      else answers.set(question.id, { text: picked(text, question.choices), author, at: createdAt });
    }
    if (given.length > 0) continue;
    const [open, other] = asked.filter(({ id }) => !answers.has(id));
    const text = open === undefined || other !== undefined ? undefined : bare(body, open, createdAt);
    if (open !== undefined && text !== undefined) answers.set(open.id, { text, author, at: createdAt });
  }
  return { answers, unclear };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function range(asked: readonly AskedQuestion[]): string {
  const numbers = asked.map(({ number }) => number).toSorted((a, b) => a - b);
  return numbers.length === 1 ? `; the only one is ${numbers[0]}` : `; they are ${numbers.join(', ')}`;
}

/** The choice that a letter, number or beginning stands for, else the text. */
function picked(text: string, choices: readonly string[]): string {
  const at = chosen(text.replaceAll('`', '').replace(/[*_]{2}/g, ''), choices);
  return at === undefined ? text : (choices[at] as string);
}

const marked =
  /^ {0,3}(?:[-*+] {1,3})?(?:\*\*|__)?\(?(?:#|q|question )?(\d{1,3})(?:\*\*|__)?(?:[)\]:.=]|\)[:.]| ?[-–—=] |: )(?:\*\*|__)?(?!\d)(.*)$/i;
const severalLetters = /^ {0,3}\d{1,3} ?[a-z](?:[,; ]+\d{1,3} ?[a-z])* *$/i;

/** Every numbered answer of a comment, `/db answer` included, in order. */
function numbered(body: string, asked: ReadonlyMap<number, AskedQuestion>): readonly Given[] {
  const lines = linesOf(body);
  const found: Given[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as Line;
    at++;
    if (line.kind === 'code') continue;
    if (isCommand(line.text)) {
      const command = following(lines, at, line.text, (text) => isCommand(text) || startOf(text, asked) !== undefined);
      for (const each of readCommands(command.text))
        if (each.kind === 'answer') found.push({ number: each.number, text: each.text });
      at = command.next;
      continue;
    }
    if (severalLetters.test(line.text)) {
      for (const [, number, letter = ''] of line.text.matchAll(/(\d{1,3}) ?([a-z])/gi))
        found.push({ number: Number(number), text: letter });
      continue;
    }
    const start = startOf(line.text, asked);
    if (start === undefined) continue;
    const [first, ...more] = parted(line.text, asked);
    if (first !== undefined && more.length > 0) {
      found.push(first, ...more);
      continue;
    }
    const whole = following(lines, at, start.text, (text) => isCommand(text) || startOf(text, asked) !== undefined);
    found.push({ number: start.number, text: whole.text });
    at = whole.next;
  }
  return found;
}

/** The number and the first words of a line that begins an answer. */
function startOf(line: string, asked: ReadonlyMap<number, AskedQuestion>): Given | undefined {
  const match = marked.exec(line);
  if (match !== null) return { number: Number(match[1]), text: (match[2] ?? '').trim() };
  // "1 yes" is an answer, "2 tables are affected" is not: only a choice may follow without a mark.
  const [, number, text = ''] = /^ {0,3}(\d{1,3}) {1,3}(\S.*)$/.exec(line) ?? [];
  const question = asked.get(Number(number));
  return question !== undefined && chosen(text, question.choices) !== undefined
    ? { number: Number(number), text }
    : undefined;
}

/** "1: yes; 2: no" on one line. */
function parted(line: string, asked: ReadonlyMap<number, AskedQuestion>): readonly Given[] {
  const parts = line.split(/[;,] {1,3}(?=\d{1,3}[:)] )/).map((part) => startOf(part, asked));
  return parts.every((part) => part !== undefined && asked.has(part.number))
    ? parts.filter((part) => part !== undefined)
    : [];
}

const courtesy =
  /^(?:thanks?|thank you|thx|ok(?:ay)?|hi|hello|lgtm|great|\+1|done|ping|bump|any news|sure|cool|nice)\b[^\d]{0,40}$/i;

/** The comment as an answer to the only open question: a choice, a few words, or code where no choices are given. */
function bare(body: string, question: AskedQuestion, at: string): string | undefined {
  if (question.askedAt !== undefined && at < question.askedAt) return undefined;
  const lines = linesOf(body);
  const spoken = lines.filter(({ kind, text }) => kind === 'text' && text.trim() !== '');
  const code = lines.filter(({ kind }) => kind === 'code');
  if (spoken.some(({ text }) => isCommand(text))) return undefined;
  if (code.length > 0)
    return question.choices.length === 0
      ? lines
          .map(({ text }) => text)
          .join('\n')
          .trim()
      : undefined;
  const text = spoken.map((line) => line.text.trim()).join('\n');
  if (text === '') return undefined;
  const choice = picked(text, question.choices);
  if (choice !== text) return choice;
  if (spoken.length > 1 || text.length > 80 || text.endsWith('?') || /@[\w-]/.test(text)) return undefined;
  return courtesy.test(text) && !question.choices.includes(text) ? undefined : text;
}
