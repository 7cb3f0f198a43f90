import { runInNewContext } from 'node:vm';

/** Longer ones are not a naming convention any more. */
const maximumLength = 500;
/** All the samples together; a harmless expression needs less than a hundredth of it. */
const patienceMs = 250;

/**
 * What is wrong with a regular expression of the configuration, or `undefined`. `{table}` and the like stand for names. Beside
 * what cannot be read, that is what takes for ever on some name: whoever may write the configuration must not be able to
 * stop the server that reads it.
 */
export function wrongWithPattern(pattern: string): string | undefined {
  if (pattern.length > maximumLength) return `a regular expression of at most ${maximumLength} characters`;
  const expression = pattern.replace(/\{[a-z]+\}/gi, 'x');
  try {
    new RegExp(expression, 'u');
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^.*\/u?: /s, '') : String(error);
    return `a regular expression; here: ${why}`;
  }
  return endsSoon(expression) ? undefined : 'a regular expression that is quick to match; this one can take for ever';
}

/** Tries names that make an expression with overlapping repetitions go through every way to divide them. */
function endsSoon(expression: string): boolean {
  const letters = [...new Set([...(expression.match(/\w/g) ?? []).slice(0, 8), 'a', 'A', '0', '_'])];
  const pieces = [...letters, ...letters.flatMap((one) => letters.map((other) => one + other))];
  const samples = pieces.map((piece) => `${piece.repeat(60).slice(0, 60)}!`);
  try {
    runInNewContext(
      'const pattern = new RegExp(expression, "u"); for (const sample of samples) pattern.test(sample);',
      { expression, samples },
      { timeout: patienceMs },
    );
    return true;
  } catch {
    return false;
  }
}
