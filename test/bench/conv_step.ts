/**
 * Milliseconds a training step of a small convolutional VAE takes, written in
 * ordinary operations as a plugin has them: 3x3 convolutions of 32 and 64
 * channels with stride 2, a dense layer of 256, 20 latents, and the same
 * mirrored by transposed convolutions; N(0,1), Adam 5e-4, as the peers'
 * scripts have it.
 *
 *     tsx test/bench/conv_step.ts ENGINE compiled|eager [--steps n] [--threads n]
 *       [--batch n] [--draws n] [--side n]
 *
 * With several draws the bound is that of Burda et al. (2016). Prints one line
 * of JSON, as step.ts does.
 *
 * @module
 */

import { parseArgs } from "node:util";
import type { EngineName } from "../../core/engine/engine.ts";
import { createProgram } from "../../core/engine/program/create.ts";
import { uniformStream } from "../../core/engine/random.ts";
import { startEngine } from "../../core/engine/start.ts";
import { timeBlocks } from "./blocks.ts";
import { convVae } from "./conv_vae.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: "string", default: "100" },
    threads: { type: "string", default: "2" },
    batch: { type: "string", default: "128" },
    draws: { type: "string", default: "1" },
    side: { type: "string", default: "28" },
  },
});
const [engineName = "native", mode = "compiled"] = positionals;
const [steps, threads, batch, draws, side] =
  (["steps", "threads", "batch", "draws", "side"] as const).map((name) =>
    Number(values[name])
  ) as [number, number, number, number, number];

await startEngine(engineName as EngineName, { threads });
const program = createProgram(convVae({ batch, draws, side }), {
  compile: mode === "compiled",
});
if (mode === "compiled" && !program.execution.compiled) {
  throw new Error(program.execution.reason);
}
const uniform = uniformStream(1, 0);
const batches = Array.from(
  { length: 4 },
  () =>
    Uint8Array.from(
      { length: batch * side * side },
      () => uniform() < 0.19 ? 255 : 0,
    ),
);
let step = 0;
console.log(JSON.stringify(timeBlocks(steps, () => {
  const pixels = batches[step % batches.length]!;
  return program.run({ pixels, step: ++step, learningRate: 5e-4 })["loss"]![0]!;
})));
program.dispose();
