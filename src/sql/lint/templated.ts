import type { Finding } from '../finding.ts';
import { placeholdersIn } from '../parsers/postgresql/placeholder.ts';
import { standInName } from '../parsers/postgresql/stand-ins.ts';

/**
 * A fix of a statement, unless the statement has placeholders of a template and the fix does not keep them: the statement
 * was read with stand-ins, and a name that a rule writes from what it knows would be one of those.
 */
export function fixFor(statement: string, fix: Finding['fix']): Finding['fix'] {
  if (fix === undefined) return undefined;
  const placeholders = placeholdersIn(statement).map(({ text }) => text);
  if (placeholders.length === 0) return fix;
  const kept = placeholdersIn(fix.replacement).map(({ text }) => text);
  const isKept = kept.join('\n') === placeholders.join('\n');
  const leaks = placeholders.some((text) => fix.replacement.includes(standInName(text).trim()) && !/^:['"]/.test(text));
  return isKept && !leaks && !fix.replacement.includes(';') ? fix : undefined;
}
