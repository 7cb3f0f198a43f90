import type { Program } from './program.ts';

let view = Buffer.alloc(0);

/** The program's memory as it is now: a call may have made it grow, which leaves an older view empty. */
export function memoryOf({ HEAPU8: { buffer } }: Program): Buffer {
  if (view.buffer !== buffer) view = Buffer.from(buffer);
  return view;
}

/** Hands a text to the program for one call, as the C string that it reads. */
export function withText<Made>(program: Program, text: string, call: (pointer: number) => Made): Made {
  const length = Buffer.byteLength(text);
  const pointer = program._malloc(length + 1);
  try {
    const memory = memoryOf(program);
    memory.write(text, pointer);
    memory[pointer + length] = 0;
    return call(pointer);
  } finally {
    program._free(pointer);
  }
}

/** The C string at a place of the memory. */
export function textAt(memory: Buffer, pointer: number): string {
  return memory.toString('utf8', pointer, memory.indexOf(0, pointer));
}
