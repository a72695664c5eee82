/**
 * The engines for tests of kernels and programs, without the engine's own
 * start. The native one is left out, in words, where its addon is missing.
 *
 * @module
 */

import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import type { EngineName } from "../../core/engine/engine.ts";
import { registerKernels } from "../../core/engine/kernels/mod.ts";
import { registerGradients } from "../../core/engine/gradients/mod.ts";
import { tf } from "../../core/engine/tf.ts";
import { loadTfjsNode } from "../../core/engine/tfjs_node.ts";
import { loadWasm } from "../../core/engine/wasm/backend.ts";

const require = createRequire(import.meta.url);
const BACKEND = { native: "tensorflow", wasm: "wasm", cpu: "cpu" } as const;

/** An engine and whether it cannot run here; `title` says so. */
export interface TestEngine {
  readonly name: EngineName;
  readonly missing: boolean;
  readonly title: string;
}

/** Every engine, for `describe.each`. */
export const ENGINES: readonly TestEngine[] =
  (["native", "wasm", "cpu"] as const)
    .map((name) => {
      const missing = name === "native" && nativeMissing();
      const title = missing ? "native SKIPPED: its addon is not built" : name;
      return { name, missing, title };
    });

/** Whether tfjs-node's addon has not been built. */
export function nativeMissing(): boolean {
  const manifest = require.resolve("@tensorflow/tfjs-node/package.json");
  const lib = join(dirname(manifest), "lib");
  return !existsSync(lib) ||
    !readdirSync(lib).some((folder) =>
      existsSync(join(lib, folder, "tfjs_binding.node"))
    );
}

/** So many draws that a wrong formula shows: fewer where they are dear, all on one engine always. */
export const MANY_DRAWS: Readonly<Record<EngineName, number>> = {
  native: 20_000,
  wasm: nativeMissing() ? 20_000 : 5_000,
  cpu: 2_000,
};

/** Makes `engine` the current one, with the kernels registered. */
export async function useBackend(engine: EngineName): Promise<void> {
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  if (engine === "native") loadTfjsNode();
  else tf.env().set("PROD", true);
  if (engine === "wasm") await loadWasm(1);
  registerKernels();
  registerGradients();
  await tf.setBackend(BACKEND[engine]);
  await tf.ready();
}
