const known = new Map<string, RegExp | undefined>();

/**
 * Whether a text is as a regular expression of the configuration asks; an empty one asks nothing, and neither does one that
 * cannot be read, which the configuration's own check has said.
 */
export function matches(pattern: string, text: string): boolean {
  return pattern === '' || (compiled(pattern)?.test(text) ?? true);
}

/** Whether one of these regular expressions of the configuration is the whole of a text. */
export function isOneOf(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => compiled(`^(?:${pattern})$`)?.test(text) === true);
}

/** A literal text in a regular expression. */
export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function compiled(pattern: string): RegExp | undefined {
  if (known.has(pattern)) return known.get(pattern);
  const expression = tryCompile(pattern);
  // Names of tables stand in some patterns, so there can be many of them.
  if (known.size > 1_000) known.clear();
  known.set(pattern, expression);
  return expression;
}

function tryCompile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}
