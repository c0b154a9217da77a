/** The part of WebAssembly's interface that is used here; it belongs to the language's environment, and Node's types leave it out. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    readonly exports: unknown;
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    /** `initial`: pages of 64 KiB. */
    constructor(size: { readonly initial: number });
  }
  interface Global<T> {
    readonly value: T;
  }
  function validate(bytes: Uint8Array): boolean;
}
