/**
 * Kernels of the embedded engine in WebAssembly, over the heap of
 * tfjs-backend-wasm. They are AssemblyScript (TypeScript with machine types),
 * compiled by ../module_build.ts into ../module_bytes.ts.
 *
 * Pointers are byte offsets into the heap. Nothing here allocates or keeps
 * state: what a kernel needs beside its arguments is a scratch area that the
 * caller gives.
 *
 * @module
 */

export { adam } from "./adam";
export { bernoulliGradient, bernoulliLoss } from "./bernoulli";
export {
  convolution,
  convolutionFloats,
  convolutionShare,
} from "./convolution";
export { columnSums, rectifierGradient } from "./dense";
export { matMul, matMulShare, scratchFloats } from "./mat_mul";
export { uniformDraws } from "./philox";
