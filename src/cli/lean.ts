import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from working on more of the SQL parser's WebAssembly than is worth it, for a process that reads files once and ends.
 * Its one function of 7,000 cases costs half a second and 500 MB to optimise, also when the process ends meanwhile; a text of
 * 10 MB wins nothing by it. And of its 526 functions a few dozen are called, so that each is validated only when it is. To be
 * called before the parser is loaded.
 */
export function parseLean(): void {
  // `--liftoff-only` says both, but only at the start of a process.
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
  setFlagsFromString('--wasm-lazy-validation');
}
