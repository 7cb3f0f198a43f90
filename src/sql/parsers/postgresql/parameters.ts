import type { DefElem, Node } from 'libpg-query';
import { allOf, texts } from './nodes.ts';

/** What WITH (...) of an index or the parentheses after an operator class set, as the server keeps it; nothing where they are not there. */
export function parametersIn(list: readonly Node[] | undefined): {
  readonly parameters?: Readonly<Record<string, string>>;
} {
  const parameters = allOf(list, 'DefElem').map((element) => [element.defname ?? '', valueIn(element)] as const);
  return parameters.length === 0 ? {} : { parameters: Object.fromEntries(parameters) };
}

/** A parameter without a value is on; a word is read as the name of a type. */
function valueIn({ arg }: DefElem): string {
  if (arg === undefined) return 'true';
  if ('Integer' in arg) return String(arg.Integer.ival ?? 0);
  if ('Float' in arg) return arg.Float.fval ?? '';
  if ('String' in arg) return arg.String.sval ?? '';
  return 'TypeName' in arg ? texts(arg.TypeName.names).join('.') : '';
}
