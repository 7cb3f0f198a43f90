import type { A_Expr, FuncCall, Node, SelectStmt } from 'libpg-query';
import { quoteIdentifier, quoteLiteral } from '../../quote.ts';
import { isTooDeep } from './depth.ts';
import { isRefusal, treesOf } from './library.ts';
import { allOf, as, texts } from './nodes.ts';
import { type Origin, type Variable, variablesOf } from './variables.ts';

/**
 * What is known of a text that is put together at run time. `safe`: its parts are constants, quoted, or of types that cannot
 * hold SQL. `unquoted`: a value that comes from outside is joined in as it is. `unknown`: a part comes from another function.
 */
export interface Assembled {
  readonly kind: 'constant' | 'safe' | 'unknown' | 'unquoted';
  /** The text with a stand-in for each part that is not constant. */
  readonly text: string;
  /** Every value it can have, where each of them is constant. */
  readonly choices?: readonly string[];
}

/** Stands for a part that is not known. It can be a name or a part of one, and no author uses it. */
export const standIn = '\u2026';

const safe: Assembled = { kind: 'safe', text: standIn };
const number: Assembled = { kind: 'safe', text: '1' };
const literal: Assembled = { kind: 'safe', text: `'${standIn}'` };
const unknown: Assembled = { kind: 'unknown', text: standIn };
const unquoted: Assembled = { kind: 'unquoted', text: standIn };

/** What the EXECUTEs of one body are traced through. */
interface Trace {
  readonly variables: ReadonlyMap<string, Variable>;
  /** Variables that are being followed: one that is joined to itself adds nothing new. */
  readonly followed: Set<string>;
  /** What is known of variables already. */
  known: Map<string, Assembled>;
  /** The variables met that can have several constant values, and those. */
  readonly varied: Map<string, readonly string[]>;
  depth: number;
  /** How many more nodes are looked at, so that hostile code cannot cost square time. */
  patience: number;
}

/** How many values of a variable are put in one by one: more tables nobody names in one loop. */
const mostChoices = 32;

/**
 * A function that tells what the expression after an EXECUTE of this body makes: a text for each value of the variable in it,
 * where that is one of several constants, as in a loop over the names of tables.
 */
export function assemblerOf(tree: unknown): (expression: string) => readonly Assembled[] {
  let trace: Trace | undefined;
  return (expression) => {
    trace ??= {
      variables: variablesOf(tree),
      followed: new Set(),
      known: new Map(),
      varied: new Map(),
      depth: 0,
      patience: 5_000,
    };
    trace.varied.clear();
    const query = `SELECT ${expression}`;
    const whole = ofQuery(query, 0, trace);
    const [varied, ...others] = trace.varied;
    if (whole.kind !== 'safe' || varied === undefined || others.length > 0) return [whole];
    const [variable, values] = varied;
    if (values.length > mostChoices) return [whole];
    const each = ofEach(query, variable, values, trace);
    return each.every(({ kind }) => kind === 'constant') ? each : [whole];
  };
}

function ofEach(query: string, variable: string, values: readonly string[], trace: Trace): readonly Assembled[] {
  const { known } = trace;
  const assembled = values.map((value) => {
    trace.known = new Map([[variable, constant(value)]]);
    return ofQuery(query, 0, trace);
  });
  trace.known = known;
  return assembled;
}

/** One column of a query's result, by its place or its name. */
function ofQuery(sql: string, at: number | string, trace: Trace): Assembled {
  const trees = isTooDeep(sql) ? undefined : treesOf(sql);
  const query = trees === undefined || isRefusal(trees) ? undefined : as(trees.stmts?.[0]?.stmt, 'SelectStmt');
  return query === undefined ? unknown : ofSelect(query, at, trace);
}

function ofSelect(query: SelectStmt, at: number | string, trace: Trace): Assembled {
  const targets = allOf(query.targetList, 'ResTarget');
  const target =
    typeof at === 'number' ? targets[at] : targets.find((each) => (each.name ?? lastName(each.val)) === at);
  return target === undefined ? unquoted : of(target.val, trace);
}

function lastName(node: Node | undefined): string | undefined {
  return texts(as(node, 'ColumnRef')?.fields ?? as(node, 'FuncCall')?.funcname).at(-1);
}

/** How deep an expression is followed, through variables and all: our stack has an end. */
const deepest = 200;

function of(node: Node | undefined, trace: Trace): Assembled {
  if (node === undefined || trace.depth >= deepest || --trace.patience < 0) return unknown;
  trace.depth++;
  const assembled = ofNode(node, trace);
  trace.depth--;
  return assembled;
}

function ofNode(node: Node, trace: Trace): Assembled {
  const written = as(node, 'A_Const');
  if (written !== undefined) {
    return constant(written.sval?.sval ?? written.fval?.fval ?? String(written.ival?.ival ?? ''));
  }
  const reference = as(node, 'ColumnRef');
  if (reference !== undefined) return ofVariable(texts(reference.fields), trace);
  const call = as(node, 'FuncCall');
  if (call !== undefined) return ofCall(call, trace);
  const cast = as(node, 'TypeCast');
  if (cast !== undefined) {
    const type = texts(cast.typeName?.names).at(-1) ?? '';
    return harmless.has(type) ? standInOf(type) : of(cast.arg, trace);
  }
  return ofOperator(node, trace);
}

function ofOperator(node: Node, trace: Trace): Assembled {
  const operation = as(node, 'A_Expr');
  if (operation !== undefined) {
    // Only joining makes text; arithmetic and comparison do not.
    return isJoin(operation) ? joined(operandsOf(operation), trace) : safe;
  }
  const choice = as(node, 'CaseExpr');
  if (choice !== undefined) {
    return anyOf([...allOf(choice.args, 'CaseWhen').map(({ result }) => result), choice.defresult], trace);
  }
  const list = as(node, 'CoalesceExpr')?.args ?? as(node, 'A_ArrayExpr')?.elements ?? as(node, 'MinMaxExpr')?.args;
  if (list !== undefined) return anyOf(list, trace);
  const subquery = as(as(node, 'SubLink')?.subselect, 'SelectStmt');
  if (subquery !== undefined) return ofSelect(subquery, 0, trace);
  const element = as(node, 'A_Indirection');
  if (element !== undefined) return of(element.arg, trace);
  // current_user, current_date and their like hold what the server says.
  return as(node, 'SQLValueFunction') === undefined ? unknown : safe;
}

function isJoin({ name }: A_Expr): boolean {
  return texts(name).at(-1) === '||';
}

/** `a || b || c` hangs in the tree as deep as it is long. */
function operandsOf(operation: A_Expr): readonly (Node | undefined)[] {
  const operands = [operation.rexpr];
  let left = operation.lexpr;
  for (let next = as(left, 'A_Expr'); next !== undefined && isJoin(next); next = as(left, 'A_Expr')) {
    operands.push(next.rexpr);
    left = next.lexpr;
  }
  return [left, ...operands.reverse()];
}

/** The text of all parts, one after the other. */
function joined(parts: readonly (Node | undefined)[], trace: Trace): Assembled {
  const assembled = parts.map((part) => of(part, trace));
  return { kind: worst(assembled), text: assembled.map(({ text }) => text).join('') };
}

/** One of several; which one, is not known. */
function anyOf(choices: readonly (Node | undefined)[], trace: Trace): Assembled {
  return among(choices.filter((each) => each !== undefined).map((each) => of(each, trace)));
}

function among(assembled: readonly Assembled[]): Assembled {
  const [only] = assembled;
  if (assembled.length === 1 && only !== undefined) return only;
  const kind = worst(assembled);
  if (kind !== 'constant') return { kind, text: standIn };
  return { kind: 'safe', text: standIn, choices: [...new Set(assembled.map(({ text }) => text))] };
}

function worst(assembled: readonly Assembled[]): Assembled['kind'] {
  const has = (wanted: Assembled['kind']) => assembled.some(({ kind }) => kind === wanted);
  return has('unquoted') ? 'unquoted' : has('unknown') ? 'unknown' : has('safe') ? 'safe' : 'constant';
}

function ofCall({ funcname, args = [] }: FuncCall, trace: Trace): Assembled {
  const name = texts(funcname).at(-1) ?? '';
  if (name === 'format') return ofFormat(args, trace);
  if (name === 'concat') return joined(args, trace);
  if (name === 'unnest') return anyOf(args, trace);
  if (passing.has(name)) return { kind: anyOf(args, trace).kind, text: standIn };
  if (name === 'quote_ident') return quoted(args[0], 'I', trace);
  if (name === 'quote_literal' || name === 'quote_nullable') return quoted(args[0], 'L', trace);
  return quoting.has(name) ? safe : unknown;
}

/** `%I` and `%L` quote what they stand for, `%s` does not (manual, "format"). */
function ofFormat([pattern, ...values]: readonly Node[], trace: Trace): Assembled {
  const text = of(pattern, trace);
  if (text.kind !== 'constant') return text.kind === 'safe' ? unknown : text;
  const parts: Assembled[] = [];
  let next = 0;
  let copied = 0;
  for (const { 0: found, 1: place, 2: kind, index } of text.text.matchAll(/%(?:(\d+)\$)?-?(?:\d+|\*)?([sILn%])/g)) {
    parts.push(constant(text.text.slice(copied, index)));
    copied = index + found.length;
    if (kind === '%') parts.push(constant('%'));
    if (kind === '%') continue;
    if (place !== undefined) next = Number(place) - 1;
    parts.push(kind === 'I' || kind === 'L' ? quoted(values[next], kind, trace) : of(values[next], trace));
    next++;
  }
  parts.push(constant(text.text.slice(copied)));
  return { kind: worst(parts), text: parts.map((part) => part.text).join('') };
}

/** A name or a literal, quoted. One that is not known holds no SQL all the same. */
function quoted(node: Node | undefined, kind: 'I' | 'L', trace: Trace): Assembled {
  const value = of(node, trace);
  if (value.kind !== 'constant') return kind === 'L' ? literal : safe;
  return constant(kind === 'L' ? quoteLiteral(value.text) : quoteIdentifier(value.text));
}

function constant(text: string): Assembled {
  return { kind: 'constant', text };
}

function ofVariable(fields: readonly string[], trace: Trace): Assembled {
  // A variable may be written with the label of its block, and a column of a record with the record's name.
  const [first = '', second] = fields;
  const record = trace.variables.get(first);
  const name = record === undefined && second !== undefined ? second : first;
  const variable = record ?? trace.variables.get(name);
  if (variable === undefined) return unquoted;
  if (harmless.has(variable.type) || told.has(name)) return standInOf(variable.type);
  const field = record === undefined ? undefined : second;
  const key = `${name}.${field ?? ''}`;
  const known = trace.known.get(key);
  if (known !== undefined) return noted(key, known, trace);
  if (trace.followed.has(key)) return safe;
  // What a parameter holds, nobody here knows.
  if (variable.origins.length === 0) return unquoted;
  trace.followed.add(key);
  const met = new Set(trace.varied.keys());
  const origins = variable.origins.map((origin) => ofOrigin(origin, field, trace));
  trace.followed.delete(key);
  const assembled = among(origins);
  // In the middle of a circle the answer leaves out what is still being followed.
  if (trace.followed.size === 0) trace.known.set(key, assembled);
  // Those that it takes its own values from need no turn of their own.
  if (assembled.choices !== undefined)
    for (const inner of trace.varied.keys()) if (!met.has(inner)) trace.varied.delete(inner);
  return noted(key, assembled, trace);
}

function noted(key: string, assembled: Assembled, { varied }: Trace): Assembled {
  if (assembled.choices !== undefined) varied.set(key, assembled.choices);
  return assembled;
}

function ofOrigin(origin: Origin, field: string | undefined, trace: Trace): Assembled {
  if (origin.kind === 'expression') return ofQuery(`SELECT ${origin.sql}`, 0, trace);
  return ofQuery(origin.sql, origin.at === 'whole' ? (field ?? 0) : origin.at, trace);
}

/** What stands for a value of a harmless type: the numbers among them cannot be names. */
function standInOf(type: string): Assembled {
  return numbers.has(type) ? number : safe;
}

const numbers: ReadonlySet<string> = new Set(
  'int2 int4 int8 smallint integer int bigint numeric decimal float4 float8 real oid'.split(' '),
);

/** Types whose text holds no SQL: numbers, times, and object identifiers, which are written quoted where they must be. */
const harmless: ReadonlySet<string> = new Set(
  [
    ...numbers,
    ...`bool boolean date time timetz timestamp timestamptz interval uuid regclass regtype regproc regprocedure regnamespace
        regrole regoper regoperator bytea inet cidr macaddr void`.split(/\s+/),
  ].flatMap((name) => [name, `${name}[]`]),
);

/** What PL/pgSQL tells a trigger, as far as it is a word of the language. */
const told: ReadonlySet<string> = new Set(['tg_op', 'tg_when', 'tg_level', 'sqlstate']);

/** Functions whose result is quoted, a number, a time or a digest, or a name that the server chose. */
const quoting: ReadonlySet<string> = new Set(
  `to_char md5 length char_length count extract date_part date_trunc now random
   gen_random_uuid nextval currval lastval txid_current current_database current_schema current_user session_user
   pg_get_constraintdef pg_get_indexdef pg_get_viewdef pg_get_functiondef pg_get_triggerdef pg_get_expr format_type
   pg_get_function_identity_arguments pg_backend_pid to_timestamp make_date clock_timestamp chr`.split(/\s+/),
);

/** Functions whose result holds what they are given. */
const passing: ReadonlySet<string> = new Set(
  `string_agg array_agg array_to_string string_to_array concat_ws lower upper initcap trim btrim ltrim rtrim replace
   regexp_replace left right substr substring split_part repeat lpad rpad reverse max min coalesce nullif array_append
   array_cat array_prepend translate overlay text varchar name`.split(/\s+/),
);
