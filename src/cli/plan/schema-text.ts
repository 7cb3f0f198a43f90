import type { Remark } from '../../planner/schemas/remarks.ts';
import { remarkForms, remarksIn } from '../../planner/schemas/remarks.ts';
import type { Script } from '../../sql/change.ts';
import type { Migration } from '../../sql/history/history.ts';
import { parse } from '../../sql/parsers/index.ts';
import { UsageError } from '../usage.ts';

/**
 * What a schema's texts say, understood to the last word: a plan from half a schema would take the other half away. Throws
 * {@link UsageError} with the place of what is not SQL, or of what brings in SQL from elsewhere.
 */
export function readSchema(migrations: readonly Migration[]): readonly (Script & { readonly file: string })[] {
  return migrations.map(({ file, sql }) => {
    const script = parse(sql, 'postgresql');
    const [error] = script.errors;
    if (error !== undefined)
      throw new UsageError(
        `${file}:${error.line}:${error.column}: ${shortened(error.message)}`,
        'Correct it: a plan needs the whole of both schemas',
      );
    for (const { kind, text, span } of script.foreign ?? []) {
      const place = `${file}:${span.line}:${span.column}`;
      if (kind === 'placeholder')
        throw new UsageError(`${place}: what ${text} stands for is not known`, 'Put in what it becomes');
      if (bringsMore.test(text))
        throw new UsageError(`${place}: ${text} brings in what is not in the file`, 'Give one file with all of it');
    }
    return { file, ...script };
  });
}

/** psql's commands by which more happens than the file says. Those of pg_dump (`\restrict`, `\connect`) are passed over. */
const bringsMore = /^\\(?:ir?|include(?:_relative)?|copy|gexec|gset|if|elif|else)\b/;

/** Whether nothing in the texts makes anything. */
export function isEmptySchema(scripts: readonly Script[]): boolean {
  return scripts.every(({ statements }) =>
    statements.every(({ changes }) =>
      changes.every(({ kind }) => kind === 'set' || kind === 'transaction' || kind === 'query'),
    ),
  );
}

/** The answers that stand in the desired schema. Throws {@link UsageError} for one that stands nowhere. */
export function remarksOf(
  migrations: readonly Migration[],
  scripts: readonly Script[],
): readonly (Remark & { readonly place: string })[] {
  return migrations.flatMap(({ file, sql }, at) => {
    const { remarks, lost } = remarksIn(sql, scripts[at]?.statements ?? []);
    const [first] = lost;
    if (first !== undefined)
      throw new UsageError(
        `${file}:${first.line}: ${first.message}`,
        `Put it on the line of a column or above it, as one of ${remarkForms}`,
      );
    return remarks.map((remark) => ({ ...remark, place: `${file}:${remark.line}` }));
  });
}

/** An error quotes the word at which it stopped, which can be a file of megabytes. */
function shortened(message: string): string {
  return message.length > 500 ? `${message.slice(0, 500)}…` : message;
}
