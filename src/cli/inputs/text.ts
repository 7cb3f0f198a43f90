import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { messageOf } from '../../kernel/errors.ts';

/** Larger files are dumps: a syntax tree takes a hundred times its text, and Node may hold a few gigabytes. */
export const maximumBytes = 16 * 1024 * 1024;

/** How standard input is named, and how reports name it. */
export const standardInput = { path: '-', name: '<stdin>' } as const;

export type Text = { readonly text: string } | { readonly problem: string };

/**
 * The text of a file, without a byte order mark, or why it has none. Files are read one after the other: thousands at once
 * run out of file descriptors and are no faster.
 */
export function readText(path: string): Text {
  try {
    return decode(readFileSync(path));
  } catch (error) {
    return { problem: `cannot be read: ${messageOf(error)}` };
  }
}

/** The text of a stream to its end. Not by its descriptor: a pipe that has nothing to say yet refuses to be read at once. */
export async function readStream(stream: AsyncIterable<Uint8Array | string>): Promise<Text> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  } catch (error) {
    return { problem: `cannot be read: ${messageOf(error)}` };
  }
  return decode(Buffer.concat(chunks));
}

function decode(bytes: Buffer): Text {
  if (bytes.length > maximumBytes)
    return { problem: `is larger than ${maximumBytes / 1024 / 1024} MB and was not looked at` };
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return { problem: 'is UTF-16 text: save it as UTF-8' };
  if (bytes.includes(0)) return { problem: 'is binary, not SQL text' };
  if (!isUtf8(bytes)) return { problem: 'is not UTF-8 text' };
  return { text: bytes.toString('utf8').replace(/^\uFEFF/, '') };
}
