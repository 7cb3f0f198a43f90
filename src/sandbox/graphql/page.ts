import type { Fields } from './context.ts';
import { failure } from './errors.ts';

export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

interface Info {
  readonly fieldName: string;
}

/** Most records of a connection that one call gives (GITHUB.md section 4). */
const most = 100;

function checkBoundaries(name: string, { first, last }: PageArguments): void {
  if (first == null && last == null)
    throw failure(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  if (first != null && last != null)
    throw failure(
      'UNPROCESSABLE',
      `Passing both \`first\` and \`last\` values to paginate the \`${name}\` connection is not supported.`,
    );
  const [side, size] = first != null ? ['first', first] : ['last', last ?? 0];
  if (Number(size) < 0)
    throw failure('UNPROCESSABLE', `\`${side}\` on the \`${name}\` connection cannot be less than zero.`);
  if (Number(size) > most)
    throw failure(
      'EXCESSIVE_PAGINATION',
      `Requesting ${size} records on the \`${name}\` connection exceeds the \`${side}\` limit of ${most} records.`,
    );
}

function cursorAt(position: number): string {
  return Buffer.from(`cursor:v2:${position}`).toString('base64');
}

function positionOf(cursor: string): number {
  const found = /^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  if (!found) throw failure('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(found[1]);
}

function bounds(args: PageArguments, total: number): readonly [from: number, to: number] {
  const lower = args.after ? Math.min(positionOf(args.after) + 1, total) : 0;
  const upper = args.before ? Math.min(positionOf(args.before), total) : total;
  const end = Math.max(lower, upper);
  if (args.first != null) return [lower, Math.min(end, lower + args.first)];
  return [Math.max(lower, end - (args.last ?? 0)), end];
}

/**
 * A connection: `list` finds all records, `render` makes objects of those on the page. `first` or `last` must be given and
 * be at most 100. `more` adds members that only some connections have.
 */
export function paged<T, A extends PageArguments>(
  list: (args: A) => readonly T[] | Promise<readonly T[]>,
  render: (record: T) => unknown,
  more: (all: readonly T[], page: readonly T[]) => object = () => ({}),
) {
  return async (args: A, _context: unknown, { fieldName }: Info): Promise<object> => {
    checkBoundaries(fieldName, args);
    const all = await list(args);
    const [from, to] = bounds(args, all.length);
    const page = all.slice(from, to);
    return {
      totalCount: all.length,
      nodes: () => page.map(render),
      edges: () => page.map((record, at) => ({ cursor: cursorAt(from + at), node: () => render(record) })),
      pageInfo: {
        hasNextPage: to < all.length,
        hasPreviousPage: from > 0,
        startCursor: page.length > 0 ? cursorAt(from) : null,
        endCursor: page.length > 0 ? cursorAt(to - 1) : null,
      },
      ...more(all, page),
    };
  };
}

/** One edge outside a connection, as mutations answer. */
export function edge(node: Fields, position: number): object {
  return { cursor: cursorAt(position), node };
}

/** Sorts by a `field` that GitHub names, in its direction; ties keep their order. */
export function ordered<T>(
  records: readonly T[],
  order: { readonly field: string; readonly direction: string } | null | undefined,
  keys: Readonly<Record<string, (record: T) => string | number>>,
): readonly T[] {
  const key = order ? keys[order.field] : undefined;
  if (!order || !key) return records;
  const sign = order.direction === 'DESC' ? -1 : 1;
  // Records of the same second are told apart by their age, which is their place in the list.
  return records
    .map((record, at) => ({ record, at, by: key(record) }))
    .sort((left, right) => sign * (left.by < right.by ? -1 : left.by > right.by ? 1 : left.at - right.at))
    .map(({ record }) => record);
}
