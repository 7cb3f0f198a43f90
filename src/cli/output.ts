import { TerminalError } from '../kernel/errors.ts';

/**
 * Writes to standard output and waits until it is written, so that a process that ends next loses nothing. A reader that has
 * gone away (`| head`) is no failure: the rest is not wanted.
 */
export function printExactly(text: string): Promise<void> {
  if (text === '') return Promise.resolve();
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error == null || isClosed(error) ? resolve() : reject(unwritten(error))));
  });
}

function unwritten(error: Error): TerminalError {
  return new TerminalError(`standard output cannot be written: ${error.message}`, 'See that there is room for it');
}

/** The same for a text of lines: the last one is ended, too. */
export function print(text: string): Promise<void> {
  return printExactly(text === '' || text.endsWith('\n') ? text : `${text}\n`);
}

/** What a person should know and no program reads: a sentence. */
export function remark(sentence: string): void {
  process.stderr.write(`database-lead: ${printableLine(sentence)}\n`);
}

/** What went wrong, in as many lines as it takes. */
export function complain(text: string): void {
  process.stderr.write(`database-lead: ${printable(text)}\n`);
}

/** A pipe that is broken or a disk that is full is also an event, which would end the process with a stack trace. */
export function bearBrokenPipes(): void {
  // Whoever prints hears of it; and of standard error nothing is left to say it on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

function isClosed(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

/** File names and messages can hold anything, also what a terminal obeys: control characters become visible. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, (character) => {
    if (character === '\n' || character === '\t') return character;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** The same for what is one line: a line end in a file's name would make a line of its own, which GitHub's log may obey. */
export function printableLine(text: string): string {
  return printable(text).replaceAll('\n', '\\u000a');
}
