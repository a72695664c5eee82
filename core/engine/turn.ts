/**
 * Several engines in one process: TensorFlow.js has one current at a time, so
 * those who compute take turns.
 *
 * @module
 */

import type { EngineInfo, EngineName } from "./engine.ts";
import { startEngine, type StartEngineOptions } from "./start.ts";
import { tf } from "./tf.ts";

let last: Promise<unknown> = Promise.resolve();
let current: { readonly name: EngineName; readonly backend: string } | null =
  null;

/**
 * Does `work` when everybody before has done, with `engine` as the current one.
 *
 * @throws {UserError} where the engine cannot be loaded; and what `work` throws.
 */
export function onEngine<T>(
  engine: EngineInfo,
  options: StartEngineOptions,
  work: () => T | Promise<T>,
): Promise<T> {
  const turn = last.then(async () => {
    if (current?.name !== engine.name || tf.getBackend() !== current.backend) {
      await startEngine(engine, options);
      current = { name: engine.name, backend: tf.getBackend() };
    }
    return await work();
  });
  last = turn.catch(() => {});
  return turn;
}
