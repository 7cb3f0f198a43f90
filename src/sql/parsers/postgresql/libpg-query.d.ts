/** The program of libpg-query as Emscripten wraps it; the package has types for its own interface alone. */
declare module 'libpg-query/wasm/libpg-query.js' {
  /** What we use of the program. Pointers are offsets in its memory, and 0 is none. */
  export interface Program {
    /** Its memory; another array whenever that has grown. */
    readonly HEAPU8: Uint8Array<ArrayBuffer>;
    _malloc(size: number): number;
    _free(pointer: number): void;
    _wasm_parse_query_raw(sql: number): number;
    _wasm_free_parse_result(result: number): void;
    _wasm_parse_plpgsql(sql: number): number;
    _wasm_free_string(text: number): void;
  }

  export interface Hooks {
    instantiateWasm(imports: object, done: (instance: WebAssembly.Instance) => void): object;
  }

  export default function start(hooks: Hooks): Promise<Program>;
}

/** What we use of it. Node has it, and its types leave it to those of browsers. */
declare namespace WebAssembly {
  class Module {
    private readonly compiled: true;
  }
  class Instance {
    constructor(module: Module, imports: object);
    readonly exports: object;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
}
