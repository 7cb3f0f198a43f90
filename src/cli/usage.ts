import { type ParseArgsConfig, parseArgs } from 'node:util';
import { messageOf, TerminalError } from '../kernel/errors.ts';
import { type Engine, engines } from '../sql/engine.ts';

/** The command was not used as it can be: exit code 2, with the usage. */
export class UsageError extends TerminalError {
  override readonly name = 'UsageError';
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Reads the arguments of a command. Throws {@link UsageError} with the command's `usage` on any that it does not know. */
export function readArguments<const Given extends Options>(args: readonly string[], options: Given, usage: string) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(messageOf(error), `Usage: ${usage}`);
  }
}

/** One of the allowed words, or a {@link UsageError} that lists them. */
export function oneOf<const Words extends readonly string[]>(
  words: Words,
  given: string,
  option: string,
): Words[number] {
  const found = words.find((word) => word === given);
  if (found === undefined) throw new UsageError(`${option} is "${given}"`, `Use one of ${words.join(', ')}`);
  return found;
}

export function engineOf(given: string): Engine {
  return oneOf(engines, given, '--engine');
}
