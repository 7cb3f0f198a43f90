import { type Call, ok, type Reply } from './call.ts';

const usual = 30;
const most = 100;

/** Page and size that a request asks for; above 100 a page GitHub gives 100. */
export function paging(call: Call): { readonly page: number; readonly size: number } {
  const number = (name: string, otherwise: number) => {
    const value = Number(call.query.get(name) ?? otherwise);
    return Number.isInteger(value) && value > 0 ? value : otherwise;
  };
  return { page: number('page', 1), size: Math.min(number('per_page', usual), most) };
}

/** The `Link` header of one page out of a total, or none when everything fits. */
export function links(call: Call, total: number): Readonly<Record<string, string>> {
  const { page, size } = paging(call);
  const last = Math.max(1, Math.ceil(total / size));
  const to = (target: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(target));
    return `<${call.address}?${query}>; rel="${rel}"`;
  };
  const parts = [
    ...(page > 1 ? [to(Math.min(page - 1, last), 'prev')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
    ...(page > 1 ? [to(1, 'first')] : []),
  ];
  return parts.length > 0 ? { Link: parts.join(', ') } : {};
}

/** The records on the page that a request asks for. */
export function slice<T>(call: Call, records: readonly T[]): readonly T[] {
  const { page, size } = paging(call);
  return records.slice((page - 1) * size, page * size);
}

/** A list, a page at a time. Only the records on the page are rendered. */
export async function listed<T>(call: Call, records: readonly T[], render: (record: T) => unknown): Promise<Reply> {
  const body = await Promise.all(slice(call, records).map(render));
  return { ...ok(body), headers: links(call, records.length) };
}

/** A list inside an object that also has the total. */
export async function counted<T>(
  call: Call,
  name: string,
  records: readonly T[],
  render: (record: T) => unknown,
): Promise<Reply> {
  const page = await Promise.all(slice(call, records).map(render));
  return { ...ok({ total_count: records.length, [name]: page }), headers: links(call, records.length) };
}
