import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from optimising the SQL parser's WebAssembly, for a process that reads files once and ends. Its one function of
 * 7,000 cases costs half a second and 500 MB to optimise, also when the process ends meanwhile; a text of 10 MB wins nothing
 * by it. To be called before the parser is loaded.
 */
export function parseLean(): void {
  // `--liftoff-only` says both, but only at the start of a process.
  setFlagsFromString('--no-wasm-tier-up');
  setFlagsFromString('--no-wasm-dynamic-tiering');
}
