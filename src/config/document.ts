import { type Document, isMap, isScalar, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { messageOf } from '../kernel/errors.ts';
import type { ConfigProblem } from './config.ts';

/** Larger than any real configuration; reading more would be work for nothing. */
const MAX_LENGTH = 128 * 1024;

/** A YAML text as data that may be changed, with the places of its keys. */
export interface Source {
  readonly data: unknown;
  readonly problems: readonly ConfigProblem[];
  readonly placeOf: (path: readonly PropertyKey[]) => Pick<ConfigProblem, 'line' | 'column'>;
}

const nowhere: Source = { data: {}, problems: [], placeOf: () => ({}) };

/** Reads YAML. What cannot be read at all comes back as an empty mapping with the problem that explains it. */
export function readYaml(text: string): Source {
  if (text.length > MAX_LENGTH) {
    return failed(`${text.length} characters`, `a file of at most ${MAX_LENGTH / 1024} KiB`);
  }
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
    const fatal = document.errors.find(({ code }) => code !== 'DUPLICATE_KEY');
    if (fatal !== undefined) {
      const { line, col } = lines.linePos(fatal.pos[0]);
      return failed(`line ${line}, column ${col}`, `YAML; here: ${fatal.message}`, { line, column: col });
    }
    // Aliases multiply: a few lines of them can describe more data than there is memory.
    const data: unknown = withoutEmpty(document.toJS({ maxAliasCount: 50 }) ?? {});
    const problems = document.errors.map(({ pos }): ConfigProblem => {
      const { line, col } = lines.linePos(pos[0]);
      const key = /^[^:\s]*/.exec(text.slice(pos[0]))?.[0] ?? '';
      return { key, value: key, allowed: 'the key once; here the last one counts', line, column: col };
    });
    return { data, problems, placeOf: (path) => placeIn(document, lines, path) };
  } catch (error) {
    // Aliases beyond the limit, or nesting beyond the stack.
    return failed('this file', `YAML that can be read; here: ${messageOf(error)}`);
  }
}

function failed(value: string, allowed: string, place: Pick<ConfigProblem, 'line' | 'column'> = {}): Source {
  return { ...nowhere, problems: [{ key: '.github/database-lead.yml', value, allowed, ...place }] };
}

/** A key without a value says nothing, so it counts as absent. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutEmpty(each) ?? undefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== null && each !== undefined);
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutEmpty(each)]));
}

function placeIn(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
): Pick<ConfigProblem, 'line' | 'column'> {
  for (let length = path.length; length > 0; length--) {
    const start = startOf(document, path.slice(0, length));
    if (start === undefined) continue;
    const { line, col } = lines.linePos(start);
    return { line, column: col };
  }
  return {};
}

/** Where a key begins, or the value of an element of a list. */
function startOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const last = path.at(-1);
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) return keyIn(parent, last);
  const node: unknown = document.getIn([...path], true);
  return typeof node === 'object' && node !== null && 'range' in node
    ? (node.range as [number] | null)?.[0]
    : undefined;
}

function keyIn(map: YAMLMap, name: PropertyKey | undefined): number | undefined {
  const pair = map.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(name));
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}
