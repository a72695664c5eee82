/**
 * Relaxed SIMD: the extension of WebAssembly with fused multiply-add, which
 * makes matrix products a third faster. Node 22 has it; Node 20 has it behind a
 * flag of V8's, which may be set at any time before a module is compiled.
 *
 * @module
 */

import { setFlagsFromString } from "node:v8";
import { WebAssembly } from "./web_assembly.ts";

const PROBE: Uint8Array = probe();
let known: boolean | undefined;

/** Whether this Node compiles relaxed SIMD; the same in every process of a Node. */
export function hasRelaxedSimd(): boolean {
  if (known === undefined) {
    known = WebAssembly.validate(PROBE);
    if (!known) {
      setFlagsFromString("--experimental-wasm-relaxed-simd");
      known = WebAssembly.validate(PROBE);
    }
  }
  return known;
}

/**
 * Whether it rounds once: the processor may lack the instruction, and V8 then
 * multiplies and adds one after the other.
 */
export function fusesMultiplyAdd(): boolean {
  if (!hasRelaxedSimd()) return false;
  const module = new WebAssembly.Module(PROBE);
  const { exports } = new WebAssembly.Instance(module, {});
  return (exports as { readonly f: () => number }).f() !== 0;
}

/**
 * A module whose `f` gives `a a - c` for a = 1 + 2^-12 and c = 1 + 2^-11, by a
 * relaxed multiply-add: 2^-24 in one rounding, 0 in two.
 */
function probe(): Uint8Array {
  const splat = (value: number) => {
    const bytes = new Uint8Array(new Float32Array([value]).buffer);
    return [0x43, ...bytes, 0xfd, 0x13];
  };
  const a = splat(1 + 2 ** -12);
  const c = splat(-(1 + 2 ** -11));
  const body = [0x00, ...a, ...a, ...c, 0xfd, 0x85, 0x02, 0xfd, 0x1f, 0, 0x0b];
  const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
  const type = [0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7d];
  const functions = [0x03, 0x02, 0x01, 0x00];
  const exported = [0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00];
  const code = [0x0a, body.length + 2, 0x01, body.length, ...body];
  return Uint8Array.of(...header, ...type, ...functions, ...exported, ...code);
}
