import { digest } from '../../kernel/hash.ts';
import { tokensOf } from '../../sql/lex.ts';

/** What makes a finding the same one in another version of a pull request. */
export interface Identity {
  readonly rule: string;
  /** What the change is made to, by its key in a catalog; empty where a rule speaks of a file as a whole. */
  readonly object: string;
  /** The statement, or the file's own name, however it is laid out. */
  readonly about: string;
}

/** A short name of an identity. No line and no folder is in it: both change while the problem stays. */
export function keyOfIdentity({ rule, object, about }: Identity): string {
  return digest([rule, object, about]).slice(0, 16);
}

/**
 * A statement without what does not change its meaning: comments, white space, the case of words outside of quotes, and the
 * semicolon at its end.
 */
export function normalized(sql: string): string {
  const parts = tokensOf(sql).map(({ kind, start, end }) => {
    const text = sql.slice(start, end);
    return kind === 'word' ? text.toLowerCase() : text;
  });
  while (parts.at(-1) === ';') parts.pop();
  return parts.join(' ');
}

/**
 * A migration's name without its version: a migration that gets a new number, because another one was merged first, is the
 * same. `db/migrations/0013_add_note.up.sql` and `0014_add_note.up.sql` have one; so do Prisma's folders.
 */
export function nameWithoutVersion(path: string): string {
  const parts = path.split('/');
  const file = parts.at(-1) ?? path;
  const isNamedByFolder = /^(?:migration|up|down)\.sql$/i.test(file);
  const name = isNamedByFolder ? `${parts.at(-2) ?? ''}/${file}` : file;
  return name.replace(/^[VUR]?[\d.:-]*\d_*/i, '').replace(/^_+/, '') || name;
}
