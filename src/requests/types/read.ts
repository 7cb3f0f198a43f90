import type { Catalog } from '../../sql/catalog.ts';
import type { Engine } from '../../sql/engine.ts';
import { parse } from '../../sql/parsers/index.ts';
import { similarTo } from '../names/similar.ts';
import { findTypeName, typeNames } from './names.ts';
import { wordedType } from './words.ts';

/** What a type that somebody wrote stands for. */
export type ReadType =
  /** `sql` may stand in a statement as it is; `type` is the engine's canonical spelling of it. */
  | { readonly kind: 'type'; readonly sql: string; readonly type: string; readonly assumed: boolean }
  | { readonly kind: 'several'; readonly types: readonly string[] }
  | { readonly kind: 'unknown'; readonly didYouMean: readonly string[] };

const shape =
  /^"?([\p{L}_][\p{L}\p{N}_]*)"?(?:[\p{L}\p{N}_ ."]*)(?:\([\p{L}\p{N}, ]{1,40}\))?[\p{L} ]{0,40}(?:\[\])*$/u;

/** Reads a type in SQL or in everyday words. A type is taken only if the engine or the schema knows one of that name. */
export function readWrittenType(written: string, engine: Engine, catalog: Catalog): ReadType {
  const text = written.trim().replace(/\s+/g, ' ').slice(0, 120);
  const worded = wordedType(text.toLowerCase(), engine);
  if (worded !== undefined) {
    const [first, second] = worded.types;
    if (second !== undefined || first === undefined) return { kind: 'several', types: worded.types };
    return typed(first, engine, worded.assumed);
  }
  const base = shape.exec(text)?.[1];
  const name = base === undefined ? undefined : findTypeName(base, engine, catalog);
  if (base === undefined || name === undefined) {
    return { kind: 'unknown', didYouMean: similarTo(base ?? text, typeNames(engine, catalog)) };
  }
  const own = [...catalog.enums.keys()].some((key) => key.endsWith(`.${name}`));
  return typed(own ? name : text.toLowerCase(), engine, false);
}

function typed(sql: string, engine: Engine, assumed: boolean): ReadType {
  const canonical = canonicalType(sql, engine);
  return canonical === undefined
    ? { kind: 'unknown', didYouMean: [] }
    : { kind: 'type', sql, type: canonical, assumed };
}

/** The engine's own spelling of a type, or `undefined` when its parser does not take the text for one type. */
export function canonicalType(sql: string, engine: Engine): string | undefined {
  if (engine === 'sqlite') return sql;
  const { statements, errors } = parse(`CREATE TABLE t (c ${sql})`, engine);
  const [statement] = statements;
  const [change] = statement?.changes ?? [];
  if (errors.length > 0 || statements.length !== 1 || statement?.changes.length !== 1) return undefined;
  if (change?.kind !== 'create-table' || change.constraints.length > 0) return undefined;
  const [column, more] = change.columns;
  return more === undefined ? column?.type : undefined;
}
