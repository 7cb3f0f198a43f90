import { unreachable } from '../kernel/errors.ts';
import { digest } from '../kernel/hash.ts';
import * as messages from '../messages/index.ts';
import { tableOf } from '../sql/catalog.ts';
import type { Action, EvidenceRequest } from './actions.ts';
import { ensureSaid } from './ensure.ts';
import { sizesOf } from './measuring.ts';
import type { Evidence, Given, PlanPicture, Schema } from './observed.ts';
import { findPost, type OwnPost, type PostData } from './post.ts';

/** What an answer to a command may draw on. */
export interface Conversation {
  /** The issue or pull request where the command was given. */
  readonly number: number;
  readonly posts: readonly OwnPost[];
  readonly commands: readonly Given[];
  readonly schema: Schema | undefined;
  /** The commit that the schema is read from. */
  readonly head: string;
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly plan?: PlanPicture;
  readonly status: string;
  /** What a command to ignore a rule leaves out; absent where there are no findings. */
  readonly dismiss?: (given: Given) => readonly PostData[];
  /** Whether the person may speak for the role that the command needs. */
  readonly maySignOff: (given: Given) => boolean;
}

type Say = (text: string, data?: PostData) => readonly Action[];

/** Answers every command that has no answer yet, from the catalog and from the engine. */
export function replies(conversation: Conversation): readonly Action[] {
  const { commands, posts } = conversation;
  return commands
    .map((given) => ({ given, id: replyId(given, commands) }))
    .filter(({ id }) => findPost(posts, id) === undefined)
    .flatMap(({ given, id }) => reply(conversation, given, id));
}

/** Each command of a comment has an answer of its own: one may have to wait for an engine. */
export function replyId(given: Given, commands: readonly Given[]): string {
  const nth = commands.filter(({ comment }) => comment.id === given.comment.id).indexOf(given) + 1;
  return nth === 1 ? `reply/${given.comment.id}` : `reply/${given.comment.id}.${nth}`;
}

function reply(conversation: Conversation, given: Given, id: string): readonly Action[] {
  const { command, by } = given;
  const say = (text: string | undefined, data: PostData = {}) =>
    text === undefined
      ? []
      : ensureSaid(
          conversation.number,
          conversation.posts,
          { id, text: messages.reply(by.login, text), data },
          `${by.login} gave the command ${command.kind}`,
        );

  switch (command.kind) {
    case 'help':
      return say(messages.help());
    case 'status':
      return say(conversation.status);
    case 'table':
      return say(aboutTable(conversation, command.name));
    case 'explain':
      return explain(conversation, given, say);
    case 'approve':
    case 'reject':
      return say(aboutApproval(conversation.plan, given));
    case 'sign-off':
      return conversation.maySignOff(given) ? [] : say(messages.maySignOffNot());
    case 'unknown':
      return say(messages.unknownCommand(command.text, command.didYouMean));
    case 'ignore':
      return ignore(conversation, given, say);
    case 'retry':
      return say(messages.lookedAgain());
    // Shows in the comment with the questions.
    case 'answer':
      return [];
    default:
      return unreachable(command);
  }
}

function aboutTable({ schema, head }: Conversation, name: string): string {
  if (schema === undefined) return messages.noSchema();
  const [first = '', second] = name.split('.');
  const table = tableOf(schema.catalog, second === undefined ? { name: first } : { schema: first, name: second });
  return table === undefined ? messages.unknownTable(name, schema.catalog) : messages.table(table, head);
}

function ignore({ dismiss }: Conversation, given: Given, say: Say): readonly Action[] {
  const { command } = given;
  if (command.kind !== 'ignore') return [];
  if (dismiss === undefined || command.rule === '') return say(messages.howToIgnore(command.rule));
  const dismissed = dismiss(given);
  return say(messages.ignoredRule(command.rule, dismissed.length, command.reason), { dismissed });
}

function explain({ schema, evidence }: Conversation, given: Given, say: Say): readonly Action[] {
  if (given.command.kind !== 'explain') return [];
  if (given.command.sql === undefined) return say(messages.explainNeedsSql());
  if (schema === undefined) return say(messages.noSchema());
  const request = explainRequest(schema, given.command.sql);
  const found = evidence.get(request.digest);
  if (found?.kind === 'explain')
    return say(messages.explained(given.command.sql, found.explained, schema.database.engine));
  return [{ kind: 'gather-evidence', why: `${given.by.login} asked for the plan of a query`, request }];
}

/** A decision that counts shows in the decision log; one that does not is answered. */
function aboutApproval(plan: PlanPicture | undefined, { by, comment }: Given): string | undefined {
  if (plan?.post === undefined) return messages.nothingToApprove();
  const { approval } = plan;
  if (approval.kind === 'not-needed') return messages.approvalNotNeeded();
  const counts =
    (approval.kind === 'given' || approval.kind === 'refused') &&
    comment.id > plan.post.comment &&
    approval.by === by.login;
  return counts ? undefined : messages.mayNotApprove();
}

/** The engine's work for `/db explain`. */
export function explainRequest(schema: Schema, query: string): EvidenceRequest {
  const rows = sizesOf(schema);
  return {
    kind: 'explain',
    engine: schema.database.engine,
    digest: `explain:${digest([schema.digest, query, rows])}`,
    input: { base: schema.migrations, query, rows },
  };
}
