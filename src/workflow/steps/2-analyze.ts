import { digest } from '../../kernel/hash.ts';
import * as messages from '../../messages/index.ts';
import type { Action } from '../actions.ts';
import { ensurePost, ensureSaid } from '../ensure.ts';
import { type IntakeKey, mayProceed } from '../intake.ts';
import type { Reading, RequestPicture } from '../observed.ts';
import { type PostData, postsOf } from '../post.ts';
import type { RequestStep } from '../step.ts';

type Slice = IntakeKey | 'posts' | 'configProblems' | 'schema' | 'reading' | 'plan' | 'place';

/** Asks what must be known before a plan is made, and says what could not be read. */
export const analyze: RequestStep<Slice> = {
  name: 'analyze',

  decide(picture) {
    const { issue, posts, plan } = picture;
    if (!mayProceed(picture)) return [];
    return [
      ...configuration(picture),
      ...(plan?.post === undefined ? [...schemaProblems(picture), ...questions(picture)] : []),
      ...unclear(issue.number, posts, picture.reading),
    ];
  },
};

/** One comment lists what is wrong with the configuration, and says so when it has been mended. */
function configuration({ issue, posts, configProblems }: Pick<RequestPicture, Slice>): readonly Action[] {
  if (configProblems.length === 0 && postsOf(posts, 'configuration').length === 0) return [];
  const post = { id: 'configuration', text: messages.configuration(configProblems), data: {} };
  return ensurePost(issue.number, posts, post, `${configProblems.length} mistakes in the configuration`);
}

function schemaProblems({ issue, posts, schema, place }: Pick<RequestPicture, Slice>): readonly Action[] {
  const missing = place.unreadable === true ? messages.unreadable() : messages.noMigrations(place.defaultBranch);
  const problems = schema.history === undefined ? [missing, ...schema.problems] : schema.problems;
  if (problems.length === 0 && postsOf(posts, 'schema').length === 0) return [];
  const post = { id: 'schema', text: messages.schemaProblems(problems), data: {} };
  return ensurePost(issue.number, posts, post, `${problems.length} things in the migrations could not be read`);
}

/**
 * The open questions. Every round that asks something new is a comment of its own, because an edit notifies nobody; answers
 * only edit the round that they belong to.
 */
function questions({ issue, posts, reading, asker, config, schema }: Pick<RequestPicture, Slice>): readonly Action[] {
  // Without a schema every name would be in question.
  if (reading === undefined || schema.history === undefined) return [];
  const rounds = postsOf(posts, 'questions');
  const known = new Set(rounds.flatMap(({ data }) => askedIds(data)));
  const fresh = reading.questions.filter(({ open, id }) => open && !known.has(id));

  const updates = rounds.flatMap((round) => {
    const ids = new Set(askedIds(round.data));
    const asked = reading.questions.filter(({ id }) => ids.has(id));
    // What was asked stays on record even when it is no longer a question: its number is never given to another.
    return comment(round.id, asked, round.data);
  });
  if (fresh.length === 0) return updates;
  const data = { asked: fresh.map(({ id, number, choices }) => ({ id, number, choices })) };
  return [...updates, ...comment(`questions/${rounds.length + 1}`, fresh, data)];

  function comment(id: string, asked: Reading['questions'], data: PostData): readonly Action[] {
    const text = messages.questions({
      asked: asked.map((question) => ({ ...question, ...answered(reading?.answers.get(question.id)?.text) })),
      asker: asker.login,
      backendLeads: config.roles['backend-lead'] ?? [],
      understood: reading?.understood.paraphrase ?? [],
    });
    return ensurePost(
      issue.number,
      posts,
      { id, text, data },
      `${asked.filter(({ open }) => open).length} questions are open`,
    );
  }
}

function answered(answer: string | undefined): { readonly answer?: string } {
  return answer === undefined ? {} : { answer };
}

function askedIds(data: PostData): readonly string[] {
  return Array.isArray(data.asked) ? data.asked.map(({ id }: { id: string }) => id) : [];
}

/** An answer that we could not use is named once, with the reason. */
function unclear(issue: number, posts: RequestPicture['posts'], reading: RequestPicture['reading']): readonly Action[] {
  return (reading?.unclear ?? []).flatMap((answer) => {
    const post = {
      id: `unclear/${digest([answer.author, answer.text]).slice(0, 12)}`,
      text: messages.unclearAnswer(answer),
      data: {},
    };
    return ensureSaid(issue, posts, post, `an answer of ${answer.author} was not understood`);
  });
}
