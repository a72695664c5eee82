/**
 * Declares a config in TypeScript.
 *
 * @module
 */

import type { PipelineConfig } from "./config.ts";

/**
 * Gives `config` back, checked by the compiler: the default export of
 * `pipeline.config.ts`.
 *
 * @example
 * ```ts
 * import { definePipeline } from "vae-priors";
 *
 * export default definePipeline({ priors: ["gaussian"], latentDim: 2 });
 * ```
 */
export function definePipeline(config: PipelineConfig): PipelineConfig {
  return config;
}
