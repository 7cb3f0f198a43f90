import type {
  AlterFunctionStmt,
  ColumnRef,
  CreateFunctionStmt,
  CreateTrigStmt,
  DefElem,
  Node,
  ObjectWithArgs,
  VariableSetStmt,
} from 'libpg-query';
import type { FunctionDefinition } from '../../changes/routines.ts';
import { type Body, bodyAt, finderIn } from './body.ts';
import { innerChanges, type ReadStatement } from './code.ts';
import { isTooMuchCode } from './depth.ts';
import { plpgsqlOf } from './library.ts';
import { nameOf, nameOfParts } from './names.ts';
import { allOf, as, texts, visit } from './nodes.ts';
import { changesOfCode } from './plpgsql.ts';
import { isToken, type Read, type Reading } from './reading.ts';
import { argumentType } from './type-names.ts';

/** CREATE FUNCTION and PROCEDURE, and what their code does when it is called: each of those changes is `within` the function. */
export function createFunction(node: CreateFunctionStmt, reading: Reading, read: ReadStatement): readonly Read[] {
  const name = nameOfParts(texts(node.funcname));
  const options = allOf(node.options, 'DefElem');
  const language = textOf(options, 'language') ?? 'sql';
  const source = options.find(({ defname }) => defname === 'as');
  const body = source === undefined ? undefined : bodyAt(reading, source.location);
  const [text] = texts(as(source?.arg, 'List')?.items);
  const { searchPath, ...facts } = definedBy(options);
  const definition: FunctionDefinition = {
    procedure: node.is_procedure === true,
    language,
    replace: node.replace === true,
    securityDefiner: false,
    ...facts,
    ...(searchPath === undefined || searchPath === 'default' ? {} : { searchPath }),
    arguments: argumentTypes(node),
    ...(text === undefined ? {} : { body: text }),
  };
  const code = codeOf(node, language, { text, body }, reading, read);
  const changes: readonly Read[] = code ?? [
    { kind: 'other', what: definition.procedure ? 'PROCEDURE BODY' : 'FUNCTION BODY' },
  ];
  return [
    { kind: 'create-function', function: name, definition },
    ...changes.map((change) => ({ ...change, within: name })),
  ];
}

export function alterFunction(node: AlterFunctionStmt): readonly Read[] {
  const actions = allOf(node.actions, 'DefElem');
  const { objname, objargs, args_unspecified: anyArguments }: ObjectWithArgs = node.func ?? {};
  const types = anyArguments === true ? {} : { arguments: allOf(objargs, 'TypeName').map(argumentType) };
  const definition = { ...definedBy(actions), ...types };
  return [{ kind: 'alter-function', function: nameOfParts(texts(objname)), definition }];
}

export function createTrigger(node: CreateTrigStmt): readonly Read[] {
  const columns = new Set(texts(node.columns));
  visit(node.whenClause, (key, value) => {
    // OLD.column and NEW.column.
    const [row, column] = key === 'ColumnRef' ? texts((value as ColumnRef).fields) : [];
    if ((row === 'old' || row === 'new') && column !== undefined) columns.add(column);
  });
  return [
    {
      kind: 'create-trigger',
      table: nameOf(node.relation),
      trigger: node.trigname ?? '',
      function: nameOfParts(texts(node.funcname)),
      replace: node.replace === true,
      ...(columns.size === 0 ? {} : { columns: [...columns] }),
    },
  ];
}

/** Types of the arguments by which PostgreSQL tells overloaded functions apart: those that are handed in. */
function argumentTypes({ parameters, is_procedure: isProcedure }: CreateFunctionStmt): readonly string[] {
  return allOf(parameters, 'FunctionParameter')
    .filter(({ mode }) => mode !== 'FUNC_PARAM_TABLE' && (mode !== 'FUNC_PARAM_OUT' || isProcedure === true))
    .map(({ argType }) => argumentType(argType));
}

/**
 * What the options of CREATE and ALTER FUNCTION say. The search_path that RESET and SET TO DEFAULT take away again is `default`;
 * that of FROM CURRENT is what the session has.
 */
function definedBy(options: readonly DefElem[]): Partial<FunctionDefinition> {
  let definition: Partial<FunctionDefinition> = {};
  for (const { defname, arg } of options) {
    const word = as(arg, 'String')?.sval;
    if (defname === 'security') definition = { ...definition, securityDefiner: as(arg, 'Boolean')?.boolval === true };
    if (defname === 'volatility' && isVolatility(word)) definition = { ...definition, volatility: word };
    const set = defname === 'set' ? as(arg, 'VariableSetStmt') : undefined;
    if (set?.kind === 'VAR_RESET_ALL' || set?.name?.toLowerCase() === 'search_path') {
      definition = { ...definition, searchPath: searchPathOf(set) };
    }
  }
  return definition;
}

function isVolatility(word: string | undefined): word is NonNullable<FunctionDefinition['volatility']> {
  return word === 'immutable' || word === 'stable' || word === 'volatile';
}

function searchPathOf({ kind, args }: VariableSetStmt): string {
  if (kind === 'VAR_SET_CURRENT') return 'from current';
  if (kind !== 'VAR_SET_VALUE') return 'default';
  return (args ?? []).map((each) => as(each, 'A_Const')?.sval?.sval ?? '').join(', ');
}

/** What the code does; nothing where it cannot be read. Code in a language that is not ours holds no SQL that we could know. */
function codeOf(
  { sql_body: standard }: CreateFunctionStmt,
  language: string,
  { text, body }: { readonly text: string | undefined; readonly body: Body | undefined },
  reading: Reading,
  read: ReadStatement,
): readonly Read[] | undefined {
  if (standard !== undefined) return standardBody(standard, reading, read);
  if (text === undefined || body === undefined) return [];
  if (language === 'sql') return innerChanges(text, text === body.text ? body.start : undefined, reading, read);
  if (language !== 'plpgsql') return [];
  const tree = isTooMuchCode(text) ? undefined : plpgsqlOf(reading.sql);
  return tree === undefined ? undefined : changesOfCode(tree, reading, finderIn(body), read);
}

/** BEGIN ATOMIC ... END, or RETURN and an expression, which alters nothing. */
function standardBody(tree: Node, reading: Reading, read: ReadStatement): readonly Read[] | undefined {
  if (as(tree, 'List') === undefined) return [];
  const tokens = reading.tokens();
  const atomic = tokens.findIndex((_, at) => isToken(reading, at, 'atomic') && isToken(reading, at - 1, 'begin'));
  const start = tokens[atomic]?.end ?? 0;
  const statements = reading.sql.slice(start, tokens.at(-1)?.start);
  const changes = innerChanges(statements, start, reading, read);
  if (changes !== undefined) return changes;
  // RETURN is no statement of its own, so that a body with one is read by its trees, without places.
  const trees = allOf(as(tree, 'List')?.items, 'List').flatMap(({ items = [] }) => items);
  return trees.filter((each) => as(each, 'ReturnStmt') === undefined).flatMap((each) => read(each, reading));
}

function textOf(options: readonly DefElem[], name: string): string | undefined {
  return as(options.find(({ defname }) => defname === name)?.arg, 'String')?.sval;
}
