/**
 * The end of the wasm engine's memory. The package says nothing where there is
 * no room for a tensor: what would end beyond 4 GiB begins anew at 0, and is
 * written over others or beyond the end.
 *
 * @module
 */

import type { KernelBackend } from "@tensorflow/tfjs";
import { formatCount } from "../../lib/count.ts";
import { UserError } from "../../lib/errors.ts";
import type { WasmBackend } from "./module.ts";

const GIB = 2 ** 30;
const MIB = 2 ** 20;
/** What addresses of 32 bits reach. */
const END = 4 * GIB;
/** Of the module itself, and between blocks. */
const OTHERS = 64 * MIB;

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
  /** Bytes by their place. */
  const blocks = new Map<number, number>();
  let used = 0;
  let isTorn = false;
  replace(wasm, "_malloc", (allocate) => (bytes: number) => {
    if (isTorn || used + bytes > END - OTHERS) throw refusal(bytes);
    const place = allocate(bytes) >>> 0;
    const isThere = place !== 0 && place + bytes <= sizeOf(wasm);
    if (!isThere && bytes > 0) {
      // From now on it would give what others have.
      isTorn = place !== 0;
      throw refusal(bytes);
    }
    blocks.set(place, bytes);
    used += bytes;
    return place;
  });
  replace(wasm, "_free", (free) => (place: number) => {
    used -= blocks.get(place >>> 0) ?? 0;
    blocks.delete(place >>> 0);
    return free(place);
  });
}

type Call = (value: number) => number;

/** At its first call a function of the package's puts another in its place. */
function replace(
  wasm: WasmBackend["wasm"],
  name: "_malloc" | "_free",
  wrap: (inner: Call) => Call,
): void {
  let inner = wasm[name] as Call;
  const outer = wrap((value) => inner(value));
  Object.defineProperty(wasm, name, {
    get: () => outer,
    set: (other: Call) => {
      inner = other;
    },
  });
}

/** Bytes that it has grown to by now. */
function sizeOf({ HEAPU8 }: WasmBackend["wasm"]): number {
  return HEAPU8.length;
}

function refusal(bytes: number): UserError {
  const size = formatCount(Math.ceil(bytes / MIB));
  return new UserError(
    `Cannot compute on the wasm engine: found no room for ${size} MiB more in its memory, which ends at ${
      END / GIB
    } GiB`,
    {
      hint:
        "Use the native engine, or a smaller model, smaller batches or fewer draws",
    },
  );
}
