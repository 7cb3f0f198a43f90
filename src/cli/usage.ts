import { type ParseArgsConfig, parseArgs } from 'node:util';
import { didYouMean } from '../config/did-you-mean.ts';
import { messageOf, TerminalError } from '../kernel/errors.ts';
import { type Engine, engines } from '../sql/engine.ts';

/** The command was not used as it can be: exit code 2. */
export class UsageError extends TerminalError {
  override readonly name = 'UsageError';
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Reads the arguments of a command. Throws {@link UsageError} with the command's `usage` on any that it does not know. */
export function readArguments<const Given extends Options>(args: readonly string[], options: Given, usage: string) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Node's second sentence is advice on `--` that rarely is what was meant.
    throw new UsageError(messageOf(error).split('. ', 1)[0] ?? '', `Usage: ${usage}`);
  }
}

/** The only positional of a command. */
export function onlyOne(positionals: readonly string[], what: string, usage: string): string | undefined {
  const [first, second] = positionals;
  if (second === undefined) return first;
  throw new UsageError(`"${second}" is one ${what} too many`, `Usage: ${usage}`);
}

/** One of the allowed words, or a {@link UsageError} that lists them. */
export function oneOf<const Words extends readonly string[]>(
  words: Words,
  given: string,
  option: string,
): Words[number] {
  const found = words.find((word) => word === given);
  if (found !== undefined) return found;
  const meant = didYouMean(given, words);
  const guess = meant === undefined ? '' : `Did you mean ${meant}? `;
  throw new UsageError(`${option} is "${given}"`, `${guess}Use one of ${words.join(', ')}`);
}

/** The engine of `--engine`, as a part of options that have none where it was not given. */
export function engineOption(given: string | undefined): { readonly engine?: Engine } {
  return given === undefined ? {} : { engine: oneOf(engines, given, '--engine') };
}

/** The version of `--engine-version`, in the same way; `option` is what it is called where it was given. */
export function versionOption(
  given: string | undefined,
  option = '--engine-version',
): { readonly engineVersion?: string } {
  if (given === undefined) return {};
  if (!/^\d+(?:\.\d+)*/.test(given)) throw new UsageError(`${option} is "${given}"`, 'Use a number such as 16 or 8.4');
  return { engineVersion: given };
}
