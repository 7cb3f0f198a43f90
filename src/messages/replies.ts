import type { Explained } from '../planner/evidence.ts';
import type { Catalog, Table } from '../sql/catalog.ts';
import type { Constraint, Index } from '../sql/change.ts';
import { display } from '../sql/name.ts';
import { codeSpan, escapeInline, fence, fitBody, tableCell } from './escape.ts';
import { bullets, inWords, mention, paragraphs, table as tableOf } from './words.ts';

/** An answer to a command, addressed to whoever gave it. */
export function reply(login: string, text: string): string {
  return `${mention(login)}\n\n${text}`;
}

export function help(): string {
  return paragraphs(
    'At the beginning of a line, I understand:',
    bullets([
      '`/db status`: where every task and gate stands',
      '`/db table NAME`: columns, keys and indexes of a table on the default branch',
      '`/db explain` followed by a fenced `sql` query: its plan, from a real engine',
      '`/db answer NUMBER TEXT`: an answer to one of my questions',
      '`/db approve`, `/db reject REASON`: a director decides about a plan',
      '`/db sign-off ROLE`: a lead signs the merged work off',
      '`/db help`: this list',
    ]),
  );
}

export function unknownCommand(text: string, didYouMean: readonly string[]): string {
  const hint = didYouMean.length > 0 ? ` Did you mean ${inWords(didYouMean.map((command) => codeSpan(command)))}?` : '';
  return `I do not know ${codeSpan(text)}.${hint} \`/db help\` lists what I understand.`;
}

export function noSchema(): string {
  return 'I have no schema to answer from: no migrations were found.';
}

export function unknownTable(name: string, { tables }: Catalog): string {
  const known = [...tables.values()].map((each) => codeSpan(display(each.name)));
  const most = 50;
  const list =
    known.length > most ? `${known.slice(0, most).join(', ')} and ${known.length - most} more` : inWords(known);
  return `There is no table ${codeSpan(name)} on the default branch. ${known.length === 0 ? 'There are no tables at all.' : `There are ${list}.`}`;
}

export function table({ name, columns, constraints, indexes, comment }: Table, head: string): string {
  const rows = columns.map((column) => [
    codeSpan(column.name),
    codeSpan(column.type),
    column.nullable ? 'yes' : 'no',
    column.default === undefined ? (column.identity ?? '') : codeSpan(column.default.sql),
    tableCell(column.comment ?? ''),
  ]);
  return fitBody([
    {
      priority: 0,
      text: `${codeSpan(display(name))} at ${head.slice(0, 7)}${comment === undefined ? '' : `: ${escapeInline(comment)}`}`,
    },
    { priority: 0, text: tableOf(['column', 'type', 'null', 'default', 'comment'], rows) },
    { priority: 1, text: bullets([...constraints.map(constraintLine), ...indexes.map(indexLine)]) },
  ]);
}

function constraintLine(constraint: Constraint): string {
  const name = constraint.name === undefined ? '' : ` ${codeSpan(constraint.name)}`;
  switch (constraint.kind) {
    case 'primary-key':
    case 'unique':
      return `${constraint.kind === 'unique' ? 'Unique' : 'Primary key'}${name}: ${names(constraint.columns)}`;
    case 'check':
      return `Check${name}: ${codeSpan(constraint.expression)}${constraint.validated ? '' : ' (not validated)'}`;
    case 'foreign-key':
      return `Foreign key${name}: ${names(constraint.columns)} to ${codeSpan(display(constraint.references))}${constraint.validated ? '' : ' (not validated)'}`;
    case 'not-null':
      return `Not null${name}: ${names([constraint.column])}`;
    case 'exclusion':
      return `Exclusion${name}: ${codeSpan(constraint.definition)}`;
  }
}

function indexLine({ name, keys, unique, where, method }: Index): string {
  const on = keys.map(({ column, expression }) => codeSpan(column ?? expression ?? ''));
  return `${unique ? 'Unique index' : 'Index'} ${codeSpan(name ?? '')} (${escapeInline(method)}): ${inWords(on)}${where === undefined ? '' : ` where ${codeSpan(where)}`}`;
}

function names(columns: readonly string[]): string {
  return inWords(columns.map((column) => codeSpan(column)));
}

export function explainNeedsSql(): string {
  return 'Put the query into a fenced `sql` block below `/db explain`.';
}

export function explained(query: string, { text, failed, sizes = [] }: Explained, engine: string): string {
  const rows = sizes.map(
    ({ table: name, rows: many, assumed }) =>
      `${codeSpan(name)} with ${many.toLocaleString('en')} rows${assumed ? ' (assumed)' : ''}`,
  );
  const told =
    rows.length === 0
      ? "the costs are the planner's defaults."
      : `the planner was told of ${inWords(rows)}, and of no more than that about their values.`;
  return paragraphs(
    fence(query, 'sql'),
    failed
      ? `The engine does not take this query:`
      : `Plan of ${escapeInline(engine)} on the default branch's schema, without your data: ${told}`,
    fence(text, 'text'),
  );
}

export function howToIgnore(rule: string): string {
  return paragraphs(
    'A finding is ignored where it stands, so that the reason stays with the statement. Put this above it:',
    fence(`-- database-lead: ignore ${rule === '' ? 'RULE' : rule} because REASON`, 'sql'),
  );
}

export function lookedAgain(): string {
  return 'I have looked again: what I found is in the checks and comments here.';
}

export function nothingToApprove(): string {
  return 'There is no plan to decide about yet.';
}

export function approvalNotNeeded(): string {
  return 'This plan deletes nothing and needs no approval; it goes on by itself.';
}

export function mayNotApprove(): string {
  return 'Only a director (`technical-architect` or `project-manager`) decides about a plan, and only after it was posted; I left it as it is.';
}

export function maySignOffNot(): string {
  return 'I did not count this sign-off: it is for a role that you do not hold or that is not asked for.';
}
