/**
 * The end of the wasm engine's memory. The package says nothing where there is
 * no room for a tensor: it would be written over others, or beyond the end.
 *
 * @module
 */

import type { KernelBackend } from "@tensorflow/tfjs";
import { UserError } from "../../lib/errors.ts";
import type { WasmBackend } from "./module.ts";

const GIB = 2 ** 30;
const MIB = 2 ** 20;
/** What addresses of 32 bits reach; of more, the package takes the rest. */
const MOST = 4 * GIB;

const guarded = new WeakSet<object>();

/**
 * Has the backend refuse what it has no room for.
 *
 * Its tensors then throw a {@link UserError} where they are made.
 */
export function guardHeap(backend: KernelBackend): void {
  const { wasm } = backend as WasmBackend;
  if (guarded.has(wasm)) return;
  guarded.add(wasm);
  let allocate = wasm._malloc;
  const guard = (bytes: number): number => {
    const place = bytes < MOST ? allocate(bytes) : 0;
    if (place !== 0 || bytes === 0) return place;
    throw new UserError(
      `Cannot compute on the wasm engine: found no room for ${
        Math.ceil(bytes / MIB).toLocaleString("en")
      } MiB more in its memory, which ends at ${MOST / GIB} GiB`,
      {
        hint:
          "Use the native engine, or a smaller model, smaller batches or fewer draws",
      },
    );
  };
  // At its first call the package's function puts another in its place.
  Object.defineProperty(wasm, "_malloc", {
    get: () => guard,
    set: (other: typeof allocate) => {
      allocate = other;
    },
  });
}
