import type { Question } from '../planner/question.ts';

/** A question as the comment that asked it remembers it. */
export interface AskedQuestion {
  readonly id: string;
  readonly number: number;
  readonly choices: readonly string[];
  /** ISO 8601, where it is known: what was said before cannot answer it. */
  readonly askedAt?: string;
}

/** A question with the number by which people answer it, and whether it still waits for an answer that can be used. */
export interface NumberedQuestion extends Question {
  readonly number: number;
  readonly open: boolean;
}

/**
 * Gives every question its number. `previous` are the numbers that were given before, in any order: a question that was
 * asked keeps its number for good, and a number is never used again for another question, even when its question has gone.
 */
export function numberQuestions(
  previous: readonly Pick<AskedQuestion, 'id' | 'number'>[],
  { asked, questions }: { readonly asked: readonly Question[]; readonly questions: readonly Question[] },
): readonly NumberedQuestion[] {
  const numbers = new Map(previous.map(({ id, number }) => [id, number]));
  const open = new Set(questions.map(({ id }) => id));
  let last = previous.reduce((highest, { number }) => Math.max(highest, number), 0);
  return asked
    .map((question) => {
      const number = numbers.get(question.id) ?? ++last;
      numbers.set(question.id, number);
      return { ...question, number, open: open.has(question.id) };
    })
    .toSorted((a, b) => a.number - b.number);
}
