import type { Foreign } from '../change.ts';
import type { Finding } from '../finding.ts';

/** Findings with the placeholders that their author wrote in place of the names that stood in for them. */
export function asWritten(findings: readonly Finding[], foreign: readonly Foreign[]): readonly Finding[] {
  const written = new Map(
    foreign.flatMap(({ text, standIn }) => (standIn === undefined ? [] : [[standIn.toLowerCase(), text] as const])),
  );
  if (written.size === 0) return findings;
  // Longer ones first, because one may be a part of another. Names that are not quoted arrive in small letters.
  const names = [...written.keys()].toSorted((one, other) => other.length - one.length);
  const long = names.filter(isLong);
  const pattern = new RegExp(
    `(?<![a-z0-9])(?:${names.join('|')})(?![a-z0-9])${long.length === 0 ? '' : `|(?:${long.join('|')})`}`,
    'gi',
  );
  const restore = (text: string) => text.replace(pattern, (name) => written.get(name.toLowerCase()) ?? name);
  return findings.map((finding) => {
    const { fix, message } = finding;
    const restored = { ...finding, message: restore(message) };
    return fix === undefined ? restored : { ...restored, fix: { ...fix, replacement: restore(fix.replacement) } };
  });
}

/** Nobody writes such a name, so it may be a part of one: `{{ prefix }}_orders`. */
function isLong(name: string): boolean {
  return /^_{2,}\w+_+$/.test(name);
}
