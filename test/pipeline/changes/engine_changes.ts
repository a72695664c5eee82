/**
 * What changes of the engine that a run computes with.
 *
 * @module
 */

import type { EngineInfo } from "../../../core/engine/engine.ts";
import { describeProcessor } from "../../../core/engine/surroundings.ts";
import { type ChangeCase, MEASURE, NOTHING } from "./change_case.ts";

const native: EngineInfo = { name: "native", version: "tensorflow 2" };
const wasm: EngineInfo = { name: "wasm", version: "tfjs-backend-wasm 4" };

/** In the order of the table in `core/pipeline/README.md`. */
export const ENGINE_CHANGES: readonly ChangeCase[] = [
  {
    what: "the engine",
    before: { engine: native },
    asked: { engine: wasm },
    reruns: MEASURE,
    why: ["engine native -> wasm"],
  },
  {
    what: "the engine's version",
    before: { engine: native },
    asked: { engine: { ...native, version: "tensorflow 3" } },
    reruns: MEASURE,
    why: ["engine version tensorflow 2 -> tensorflow 3"],
  },
  {
    what: "threads, on the native engine",
    before: { engine: native },
    apply: ({ configure }) => configure({ threads: 2 }),
    asked: { engine: native },
    reruns: MEASURE,
    why: ["engine threads 1 -> 2"],
  },
  {
    what: "threads, on wasm",
    before: { engine: wasm },
    apply: ({ configure }) => configure({ threads: 2 }),
    asked: { engine: wasm },
    ...NOTHING,
  },
  {
    what: "`TF_ENABLE_ONEDNN_OPTS=0`, on the native engine",
    before: { engine: native },
    asked: { engine: native, env: { TF_ENABLE_ONEDNN_OPTS: "0" } },
    reruns: MEASURE,
    why: ["engine TF_ENABLE_ONEDNN_OPTS unset -> 0"],
  },
  {
    what: "the processor, on the native engine",
    before: { engine: native, cpu: "x64 avx2, caches 32K 256K" },
    asked: { engine: native },
    reruns: MEASURE,
    why: [`engine cpu x64 avx2, caches 32K 256K -> ${describeProcessor()}`],
  },
];
