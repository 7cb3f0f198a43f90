import type { Goal } from '../planner/goal.ts';
import type { Question } from '../planner/question.ts';
import type { Catalog } from '../sql/catalog.ts';
import type { Engine } from '../sql/engine.ts';
import type { ObjectName } from '../sql/name.ts';
import { parse } from '../sql/parsers/index.ts';
import type { FormLabels } from './form/labels.ts';
import { sectionsOf } from './form/sections.ts';
import { clausesOf } from './grammar/clauses.ts';
import type { Wish } from './grammar/wish.ts';
import { merged } from './merge.ts';
import { readProse } from './prose/index.ts';
import { openDesk } from './resolve/desk.ts';
import { fulfilAll } from './resolve/fulfil.ts';
import { duration, targetMs } from './sentences/optimize.ts';
import { type FencedSql, looksLikeSql, sqlIn } from './statements/code.ts';
import { withElisions } from './statements/elision.ts';
import { type Block, blocksOf, plain } from './text/markdown.ts';
import { sentencesOf } from './text/sentences.ts';
import { wordsOf } from './text/words.ts';
import { askVersion, versionIn } from './version.ts';

export interface Request {
  readonly title: string;
  readonly body: string;
  /** By the id of the question. */
  readonly answers: ReadonlyMap<string, string>;
  readonly catalog: Catalog;
  readonly engine: Engine;
  /** Rows of a table where somebody gave a figure. */
  readonly rows?: (table: ObjectName) => number | undefined;
  /** The labels of the repository's own form, where it has one. */
  readonly form?: FormLabels;
  /** As configured; without one the request is searched, and the asker asked. */
  readonly engineVersion?: string;
}

export interface Understood {
  /** Complete: nothing about them is open. In an order in which each can be applied after those before it. */
  readonly goals: readonly Goal[];
  /** Those that still wait for an answer that can be used. */
  readonly questions: readonly Question[];
  /** All of this pass, answered ones included. */
  readonly asked: readonly Question[];
  /** What was understood, a sentence each, open matters included. */
  readonly paraphrase: readonly string[];
  /** Sentences and statements that look like requests but were not understood. */
  readonly notUnderstood: readonly string[];
  /** The tables concerned, as `keyOf` texts. */
  readonly tables: readonly string[];
  /** The engine's version, where it is known by now. */
  readonly engineVersion?: string;
}

/** A plan for more than this is not one that a person can check. */
const mostWishes = 200;

/**
 * What a request wants, from its title, its text or form, its SQL and the answers so far, checked against the catalog. Pure:
 * the same input gives the same result. `loadParsers()` must have been awaited before.
 */
export function understand(request: Request): Understood {
  const { title, body, answers, catalog, engine, rows, form, engineVersion } = request;
  const desk = openDesk({ catalog, engine, answers, rows: rows ?? (() => undefined) });
  const { wishes, notUnderstood, version } = read(plain(title), blocksOf(body), request, form);
  fulfilAll(desk, merged(wishes.slice(0, mostWishes)));
  if (wishes.length > mostWishes) desk.giveUp(`${wishes.length - mostWishes} more wishes: please split the request.`);
  for (const sentence of notUnderstood) desk.giveUp(sentence);
  const known = engineVersion ?? version ?? (wishes.length === 0 ? undefined : askVersion(desk));
  return { ...desk.findings(), ...(known === undefined ? {} : { engineVersion: known }) };
}

interface Read {
  readonly wishes: readonly Wish[];
  readonly notUnderstood: readonly string[];
  readonly version?: string;
}

function read(
  title: string,
  blocks: readonly Block[],
  { catalog, engine }: Request,
  form: FormLabels | undefined,
): Read {
  const sections = sectionsOf(
    blocks.map((block) => asCode(block, engine)),
    form,
  );
  const prose = sections.flatMap((section) =>
    section.field === 'free' || section.field === 'change' ? section.blocks : [],
  );
  const spoken = readProse(title, prose, { engine, catalog, newTables: new Set(), columns: [] });

  const target = sections
    .flatMap((section) => (section.field === 'target' ? section.blocks : []))
    .map(targetOf)
    .find((ms) => ms !== undefined);
  const written: Wish[] = [];
  for (const { field, blocks: within } of sections) {
    if (field === 'context' || field === 'version' || field === 'target') continue;
    for (const block of within) {
      const sql =
        block.kind === 'code' ? sqlIn(block) : field === 'sql' || field === 'query' ? bareSql(block) : undefined;
      if (sql === undefined) continue;
      written.push(...wishesOf(sql, engine, field === 'query'));
    }
  }
  const aimed: readonly Wish[] = target === undefined ? [] : [{ kind: 'optimize', targetMs: target }];
  const hasQuery = [...spoken.wishes, ...written].some(({ kind }) => kind === 'optimize');
  const version = versionIn(sections, engine);
  const nothing = spoken.wishes.length === 0 && written.length === 0 && spoken.notUnderstood.length === 0;
  return {
    wishes: [...spoken.wishes, ...written, ...(hasQuery ? aimed : [])],
    notUnderstood: nothing
      ? everything(title, prose)
      : spoken.notUnderstood.filter((text) => written.length === 0 || !announces(text)),
    ...(version === undefined ? {} : { version }),
  };
}

/** "The table should look like this:" says nothing that the SQL under it does not say. */
function announces(sentence: string): boolean {
  return /:\s*$|\b(?:look|be|become|is) (?:like )?(?:this|so|as follows)[.!]?\s*$/i.test(sentence);
}

/** Queries are to become fast, each for itself; other statements are wanted as they are. */
function wishesOf(code: FencedSql, engine: Engine, areQueries: boolean): readonly Wish[] {
  const { statements, errors } = parse(code.sql, engine);
  const queries = statements.every(({ changes: [change] }) => change?.kind === 'query');
  if (errors.length === 0 && queries && code.was === undefined)
    return statements.map(({ sql }) => ({ kind: 'optimize', query: sql }));
  return areQueries ? [{ kind: 'optimize', query: code.sql.trim() }] : [{ kind: 'sql', ...code }];
}

/** Prose that is SQL to the last word is SQL: "ALTER TABLE ... ;" without a fence. */
function asCode(block: Block, engine: Engine): Block {
  if ((block.kind !== 'paragraph' && block.kind !== 'item') || !looksLikeSql(block.text)) return block;
  const { statements, errors } = parse(block.text, engine);
  if (errors.length > 0 || statements.length === 0) return block;
  return { kind: 'code', language: 'sql', text: block.text, line: block.line };
}

/** SQL that was put into a field for it without a fence, as the API allows. */
function bareSql(block: Block): FencedSql | undefined {
  return block.kind === 'paragraph' && looksLikeSql(block.text)
    ? { sql: withElisions(block.text), line: block.line }
    : undefined;
}

/** When nothing was understood, everything that demands something is what was not. */
function everything(title: string, blocks: readonly Block[]): readonly string[] {
  const texts = blocks.flatMap((block) => (block.kind === 'paragraph' || block.kind === 'item' ? [block.text] : []));
  const sentences = [...(texts.length > 0 ? texts : [title])]
    .flatMap((text) => sentencesOf(text))
    .filter((sentence) => clausesOf(sentence).some(({ mood, negated }) => mood !== 'fact' && !negated))
    .map(({ text }) => text);
  return sentences.slice(0, 10).map((text) => (text.length > 200 ? `${text.slice(0, 197)}...` : text));
}

function targetOf(block: Block): number | undefined {
  if (block.kind === 'code' || block.kind === 'row') return undefined;
  const words = wordsOf(block.text);
  return targetMs(words) ?? words.map((_, at) => duration(words, at)).find((ms) => ms !== undefined);
}
