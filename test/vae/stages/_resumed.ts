/** Trainings that are stopped, and what they leave. @module */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { encodeValue } from "../../../core/store/codec.ts";
import type { FakeContextOptions } from "./fake_context.ts";
import { train } from "./small_training.ts";
import { firesAtLook } from "./stopping_signal.ts";

/** Trains for `steps` steps, and stops as after Ctrl-C. */
export async function interrupt(
  options: Record<string, unknown>,
  given: FakeContextOptions,
  steps: number,
): Promise<void> {
  const signal = firesAtLook(steps);
  await expect(train(options, { ...given, signal })).rejects.toThrow("stop");
}

/** The lines that an attempt left. */
export function metricsOf(attemptDirectory: string): unknown[] {
  const file = join(attemptDirectory, "metrics.jsonl");
  return readFileSync(file, "utf8").trim().split("\n")
    .map((line) => JSON.parse(line));
}

/** All bytes that a training leaves in its artifact. */
export function bytesOf(
  { training, directory }: Awaited<ReturnType<typeof train>>,
) {
  const { json, arrays } = encodeValue({ training });
  const kept = ["optimizer", "before_fall"].map((name) => {
    const file = join(directory, `${name}.safetensors`);
    return existsSync(file) ? readFileSync(file).toString("hex") : null;
  });
  return [json, Buffer.from(arrays).toString("hex"), ...kept];
}
