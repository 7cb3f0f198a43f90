import type { Comment, Issue } from '../github/port.ts';
import { digest } from '../kernel/hash.ts';
import { readAnswers } from '../requests/answers.ts';
import type { FormLabels } from '../requests/form/labels.ts';
import { numberQuestions } from '../requests/questions.ts';
import { understand } from '../requests/understand.ts';
import { askedIn } from './asked.ts';
import { mayDecide } from './authority.ts';
import type { Person, Reading, Schema } from './observed.ts';
import type { OwnPost } from './post.ts';

interface Input {
  readonly issue: Issue;
  readonly comments: readonly Comment[];
  readonly posts: readonly OwnPost[];
  readonly schema: Schema;
  readonly bot: string;
  /** Labels of the repository's own issue forms, where it has any. */
  readonly form: FormLabels | undefined;
  readonly personOf: (login: string) => Promise<Person>;
}

/** The request as its text and the answers so far have it. */
export async function readingOf({ issue, comments, posts, schema, bot, personOf, form }: Input): Promise<Reading> {
  const asked = askedIn(posts);
  // A copy of what we asked is no answer, though it has the number of the question.
  const spoken = comments.filter(({ author, body }) => author !== bot && !body.includes('<!-- database-lead:'));
  const candidates = readAnswers(spoken, asked);
  // Anyone may comment in a public repository; not everyone may decide.
  const deciders = new Set<string>();
  for (const { author } of candidates.answers.values()) {
    if (mayDecide(await personOf(author))) deciders.add(author);
  }
  const { answers, unclear } = readAnswers(
    spoken.filter(({ author }) => deciders.has(author)),
    asked,
  );
  const texts = new Map([...answers].map(([id, { text }]) => [id, text]));
  const understood = understand({
    title: issue.title,
    body: issue.body,
    answers: texts,
    catalog: schema.catalog,
    engine: schema.database.engine,
    ...(form === undefined ? {} : { form }),
    rows: (table) => schema.database.tables[table.name]?.rows,
    ...(schema.database.version === undefined ? {} : { engineVersion: schema.database.version }),
  });
  return {
    understood,
    questions: numberQuestions(asked, understood),
    answers,
    unclear,
    digest: digest([issue.title, issue.body, [...texts].toSorted()]).slice(0, 16),
  };
}
