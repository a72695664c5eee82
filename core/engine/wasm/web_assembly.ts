/**
 * The part of WebAssembly's interface that is used here, which Node has and its
 * types leave out.
 *
 * @module
 */

/** A module's memory. */
export interface WebAssemblyMemory {
  readonly buffer: ArrayBufferLike;
}

/** What of it is used. */
export interface WebAssemblyInterface {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => { readonly exports: object };
  readonly Memory: new (
    size: {
      readonly initial: number;
      readonly maximum?: number;
      readonly shared?: boolean;
    },
  ) => WebAssemblyMemory;
}

/** The global of this name. */
export const WebAssembly: WebAssemblyInterface =
  (globalThis as unknown as { WebAssembly: WebAssemblyInterface }).WebAssembly;
