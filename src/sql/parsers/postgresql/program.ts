import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import start, { type Program } from 'libpg-query/wasm/libpg-query.js';

export type { Program };

/**
 * PostgreSQL's parser, as libpg-query compiled it to WebAssembly. Not by the package's own interface, which leaves nothing of how
 * the program is loaded to others, and goes through texts byte by byte where Node has one call for it.
 */
export async function loadProgram(): Promise<Program> {
  const bytes = readFileSync(createRequire(import.meta.url).resolve('libpg-query/wasm/libpg-query.wasm'));
  const module = await WebAssembly.compile(withLessMemory(bytes));
  return start({
    instantiateWasm(imports, done) {
      done(new WebAssembly.Instance(module, imports));
      return {};
    },
  });
}

/** The section that declares the program's memory: one, of 2,048 pages at first and 16,384 at most. */
const declared = Buffer.from([0x05, 0x07, 0x01, 0x01, 0x80, 0x10, 0x80, 0x80, 0x01]);

/** The same with 576 pages at first, in as many bytes. The first 527 are constants and the stack; the others grow when needed. */
const wanted = Buffer.from([0x05, 0x07, 0x01, 0x01, 0xc0, 0x04, 0x80, 0x80, 0x01]);

/**
 * The program with 36 MB to begin with in place of 128: V8 collects garbage at once when a process takes that much outside of its
 * heap, which costs as long as reading a file. A version of the program that declares something else stays as it is.
 */
function withLessMemory(bytes: Buffer<ArrayBuffer>): Buffer<ArrayBuffer> {
  const at = bytes.subarray(0, 4096).indexOf(declared);
  if (at !== -1) wanted.copy(bytes, at);
  return bytes;
}
