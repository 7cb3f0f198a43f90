import packageJson from '../../package.json' with { type: 'json' };
import { didYouMean } from '../config/did-you-mean.ts';
import { messageOf, TerminalError } from '../kernel/errors.ts';
import { type Command, commands } from './commands.ts';
import { complain, print } from './output.ts';
import { UsageError } from './usage.ts';

/**
 * Runs a command line. Returns the exit code: 0 fine, 1 something blocks or failed, 2 wrong use or unreadable input. Never
 * throws: what goes wrong is said on standard error.
 */
export async function runCommand(line: readonly string[]): Promise<number> {
  try {
    return await dispatch(line);
  } catch (error) {
    if (error instanceof TerminalError) {
      complain(`${messageOf(error)}\n${error.remedy}`);
      return 2;
    }
    complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  }
}

async function dispatch([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined) {
    complain(`no command given\n${help()}`);
    return 2;
  }
  if (name === 'help' || name === '--help' || name === '-h') return show(help(args[0]));
  if (name === '--version' || name === '-v') return show(packageJson.version);
  const command = commands.find((each) => each.name === name);
  if (command === undefined) throw unknownCommand(name);
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  return own.includes('--help') || own.includes('-h') ? show(helpOf(command)) : command.run(args);
}

async function show(text: string): Promise<number> {
  await print(text);
  return 0;
}

function help(name?: string): string {
  if (name !== undefined) {
    const command = commands.find((each) => each.name === name);
    if (command === undefined) throw unknownCommand(name);
    return helpOf(command);
  }
  const rows = commands.map((command) => `  ${command.usage}\n      ${command.about}.`);
  return ['Usage:', ...rows, 'Exit codes: 0 fine, 1 something blocks or failed, 2 wrong use or unreadable input'].join(
    '\n',
  );
}

function helpOf({ usage, about, options }: Command): string {
  const width = Math.max(...options.map(([option]) => option.length));
  const rows = options.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`);
  return [`Usage: ${usage}`, '', `${about}.`, ...(rows.length === 0 ? [] : ['', ...rows])].join('\n');
}

function unknownCommand(name: string): UsageError {
  const names = commands.map((command) => command.name);
  const meant = didYouMean(name, names);
  return new UsageError(
    `there is no command "${name}"`,
    `${meant === undefined ? '' : `Did you mean ${meant}? `}Use one of ${names.join(', ')}, or --help`,
  );
}
