import type { VerifyReport } from '../planner/evidence.ts';
import { codeSpan, escapeInline, fence, fitBody } from './escape.ts';
import { bullets, inWords, paragraphs, table } from './words.ts';

/** What an engine saw, one section a database. */
export function verification({
  databases,
  tasks,
}: {
  readonly databases: readonly { readonly name: string; readonly report: VerifyReport | undefined }[];
  readonly tasks: readonly { readonly child: number; readonly task: string }[];
}): string {
  const about =
    tasks.length > 0 ? `For ${inWords(tasks.map(({ child, task }) => `task ${escapeInline(task)} (#${child})`))}.` : '';
  return fitBody(
    [
      {
        priority: 0,
        text:
          databases.length === 0
            ? 'This pull request changes no migrations that I know of, so nothing was executed.'
            : about,
      },
      ...databases.map(({ name, report }, index) => ({
        priority: index,
        text: `### ${codeSpan(name)}\n\n${report === undefined ? 'Running on a scratch engine.' : section(report)}`,
      })),
    ],
    65_535,
  );
}

/** What the aggregate check says beneath its title. */
export function aggregate(): string {
  return 'Review and verification together; `database-lead/review` and `database-lead/verify` say more. This is the check to require.';
}

function section(report: VerifyReport): string {
  if (report.notExecuted !== undefined) return escapeInline(report.notExecuted);
  const { failed, migrations, roundTrip, criteria, remarks = [] } = report;
  return paragraphs(
    `${report.engine} ${escapeInline(report.engineVersion)}: ${report.applied} migrations ran to their end.`,
    failed !== null &&
      paragraphs(
        `${failed.inBase ? 'A migration of the **base branch** fails, so nothing is said about this pull request' : 'This fails'}: ${codeSpan(failed.file)} line ${failed.line}, ${codeSpan(failed.code)}`,
        fence(failed.statement, 'sql'),
        fence(failed.message, 'text'),
      ),
    migrations.length > 0 && locksTable(migrations),
    roundTripSentence(roundTrip),
    remarks.length > 0 && bullets(remarks.map(escapeInline)),
    criteria.length > 0 &&
      `Acceptance criteria:\n\n${criteria.map(({ text, pass, observed }) => `- [${pass ? 'x' : ' '}] ${escapeInline(text)}${pass ? '' : `: ${codeSpan(observed)}`}`).join('\n')}`,
  );
}

/** What each migration took and held, and what it rewrote. */
export function locksTable(migrations: VerifyReport['migrations']): string {
  const isTimed = migrations.some(({ ms }) => ms !== undefined);
  const heads = ['migration', ...(isTimed ? ['ms'] : []), 'strongest locks', 'rewrites'];
  return table(
    heads,
    migrations.map((migration) => row(migration, isTimed)),
  );
}

function row({ file, ms, locks, rewrites }: VerifyReport['migrations'][number], isTimed: boolean): readonly string[] {
  const held = locks.map(({ relation, mode }) => `${codeSpan(mode)} ${codeSpan(relation)}`);
  return [
    codeSpan(file),
    ...(isTimed ? [String(ms ?? '')] : []),
    held.join('<br>') || 'none',
    rewrites.map((name) => codeSpan(name)).join(', ') || 'none',
  ];
}

function roundTripSentence({ down, differences }: VerifyReport['roundTrip']): string {
  switch (down) {
    case 'ok':
      return 'Down and up again: the schema came back both times.';
    case 'none':
      return 'There is no down migration, so the way back was not tried.';
    case 'failed':
      return paragraphs('The down migration does not lead back:', bullets(differences.slice(0, 20).map(escapeInline)));
  }
}
