import type { ParseResult } from 'libpg-query';
import { TerminalError } from '../../../kernel/errors.ts';
import { memoryOf, textAt, withText } from './memory.ts';
import { loadProgram, type Program } from './program.ts';

let loading: Promise<void> | undefined;
let program: Program | undefined;

/** Loads PostgreSQL's parser (WebAssembly) once. Later calls return at once. */
export function loadPostgresql(): Promise<void> {
  loading ??= loadProgram().then((loaded) => {
    program = loaded;
  });
  return loading;
}

/** A place in a text that the parser refused; `codePoint` is counted from the start of the text. */
export interface Refusal {
  readonly message: string;
  readonly codePoint: number;
}

/** The syntax trees of a text, or why there are none. Throws only when the parser was not loaded before. */
export function treesOf(sql: string): ParseResult | Refusal {
  const running = program;
  if (running === undefined) {
    throw new TerminalError('The PostgreSQL parser is not loaded.', 'Await loadParsers() before the first parse().');
  }
  try {
    return withText(running, sql, (text) => {
      const result = running._wasm_parse_query_raw(text);
      const answer = answerIn(memoryOf(running), result);
      running._wasm_free_parse_result(result);
      return answer;
    });
  } catch {
    return { message: 'PostgreSQL\u2019s parser gave up on this statement', codePoint: 0 };
  }
}

/**
 * What a result holds: pointers to the tree as JSON, to what would have been printed, and to an error. Of that, the first is a
 * pointer to the message and the fifth the place, counted from one.
 */
function answerIn(memory: Buffer, result: number): ParseResult | Refusal {
  const error = memory.readUInt32LE(result + 8);
  if (error === 0) return JSON.parse(textAt(memory, memory.readUInt32LE(result))) as ParseResult;
  const message = textAt(memory, memory.readUInt32LE(error));
  return { message, codePoint: Math.max(0, memory.readInt32LE(error + 16) - 1) };
}

/** The syntax tree of a DO statement's PL/pgSQL body, or nothing where it cannot be read. */
export function plpgsqlOf(sql: string): unknown {
  const running = program;
  if (running === undefined) return undefined;
  try {
    return withText(running, sql, (text) => {
      const result = running._wasm_parse_plpgsql(text);
      const answer = textAt(memoryOf(running), result);
      running._wasm_free_string(result);
      // Anything but a tree is the message of an error.
      return answer.startsWith('{') ? JSON.parse(answer) : undefined;
    });
  } catch {
    // The server would say so when it runs; the statement itself was read, and counts as not looked into.
    return undefined;
  }
}

export function isRefusal(answer: ParseResult | Refusal): answer is Refusal {
  return 'codePoint' in answer;
}
