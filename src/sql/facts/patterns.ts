const compiled = new Map<string, RegExp | undefined>();

/**
 * Whether a text is as a regular expression of the configuration asks; an empty one asks nothing, and neither does one that
 * cannot be read, which the configuration's own check has said.
 */
export function matches(pattern: string, text: string): boolean {
  if (pattern === '') return true;
  const known = compiled.has(pattern) ? compiled.get(pattern) : compile(pattern);
  return known === undefined || known.test(text);
}

/** A literal text in a regular expression. */
export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function compile(pattern: string): RegExp | undefined {
  const expression = tryCompile(pattern);
  // Names of tables stand in some patterns, so there can be many of them.
  if (compiled.size > 1_000) compiled.clear();
  compiled.set(pattern, expression);
  return expression;
}

function tryCompile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}
