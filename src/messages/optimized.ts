import type { IndexCost, Optimized } from '../planner/optimize/judge.ts';
import { codeSpan, escapeInline, fence } from './escape.ts';
import { bullets, counted, details, inWords, paragraphs } from './words.ts';

/** What was measured for one query, and what follows from it. */
export function optimized(found: Optimized): string {
  const { query, targetMs, before, after, rejected, useless, unknown } = found;
  return paragraphs(
    `### The query\n\n${fence(query, 'sql')}`,
    verdict(found),
    after !== undefined && writes(after.indexes),
    rejected.length > 0 &&
      `Also tried, and not chosen:\n\n${bullets(rejected.map(({ cost, indexes }) => `${indexes.map(({ ddl }) => codeSpan(ddl)).join(' with ')}: cost ${figure(cost)}${indexes.map(alternative).join('')}`))}`,
    useless.length > 0 &&
      `Tried, and no use:\n\n${bullets(useless.map(({ ddl, why }) => `${codeSpan(ddl)}: ${escapeInline(why)}`))}`,
    `What I do not know:\n\n${bullets([
      ...(targetMs === undefined
        ? []
        : [
            `Whether it takes less than ${targetMs} ms${after === undefined ? '' : ' then'}: that depends on your server and data. Measure it there with \`EXPLAIN (ANALYZE, BUFFERS)\`.`,
          ]),
      ...unknown.map(escapeInline),
    ])}`,
    details(
      'The plans',
      [before, ...(after === undefined ? [] : [after])].map(({ text }) => fence(text, 'text')).join('\n\n'),
    ),
  );
}

function verdict({ engineVersion, tables, before, after, useless, rejected }: Optimized): string {
  const sizes = tables.map(
    ({ table, rows, assumed }) => `${codeSpan(table)} with ${figure(rows)} rows${assumed ? ' (assumed)' : ''}`,
  );
  const where = `On PostgreSQL ${engineVersion}${sizes.length === 0 ? '' : `, which was told of ${inWords(sizes)}`}`;
  if (after !== undefined) {
    const names = inWords(after.indexes.map(({ ddl }) => codeSpan(ddl)));
    return `${where}, the planner's cost of this query **falls from ${figure(before.cost)} to ${figure(after.cost)}** with ${names}. ${tried(useless.length + rejected.length + 1)}`;
  }
  const none =
    useless.length === 0
      ? 'There is no index to add that it could use: what it compares and orders by is indexed already, or nothing in it can be.'
      : `None of the indexes that I built for it makes it cheaper by a fifth, so I propose none: each would be paid for at every write.`;
  return `${where}, the planner's cost of this query is **${figure(before.cost)}** as it is. ${none}`;
}

function tried(number: number): string {
  if (number === 1) return 'I built it for real and asked the planner with and without it.';
  return `I built ${number} choices of indexes for real and asked the planner with and without each.`;
}

function writes(indexes: readonly IndexCost[]): string {
  return `What it costs to write:\n\n${bullets(
    indexes.map(({ ddl, table, indexes: number, newlyIndexed, covers, constant, ...cost }) =>
      [
        `${codeSpan(nameIn(ddl))}: ${codeSpan(table)} then has ${counted(number, 'index').replace(/indexs$/, 'indexes')};`,
        cost.sizeUnknown
          ? 'how large it gets depends on what the rows hold, which I cannot make up.'
          : `about ${bytes(cost.bytes)}; each row that goes in writes ${cost.bytesPerRow} bytes of index and ${cost.walPerRow} bytes of write-ahead log more (measured on made-up rows, without deduplication).`,
        newlyIndexed.length > 0
          ? `An update of ${inWords(newlyIndexed.map((column) => codeSpan(column)))} can no longer stay in its page without touching the indexes (HOT).`
          : '',
        covers.length > 0
          ? `It does all that ${inWords(covers.map((name) => codeSpan(name)))} ${covers.length === 1 ? 'does, which' : 'do, which'} can be dropped afterwards: ask for that in a request of its own.`
          : '',
        constant === undefined
          ? ''
          : `**It serves the query only while ${codeSpan(constant)} stands in it as it is**: sent as a parameter, the planner may not use it.`,
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
    ),
  )}`;
}

function alternative({ bytes: size, sizeUnknown, constant }: IndexCost): string {
  const about = sizeUnknown ? '' : `, ${bytes(size)}`;
  return `${about}${constant === undefined ? '' : ', for this constant alone'}`;
}

function nameIn(ddl: string): string {
  return /^CREATE (?:UNIQUE )?INDEX ("(?:[^"]|"")+"|\S+) /.exec(ddl)?.[1] ?? ddl;
}

function figure(number: number): string {
  return number.toLocaleString('en', { maximumFractionDigits: number < 100 ? 1 : 0 });
}

function bytes(number: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = number;
  let unit = 0;
  for (; value >= 1_000 && unit < units.length - 1; unit++) value /= 1_024;
  return `${value.toLocaleString('en', { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 })} ${units[unit]}`;
}
