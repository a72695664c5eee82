/** Opens a trained model for a script. @module */

import { setImmediate } from "node:timers/promises";
import type { EngineInfo } from "../../engine/engine.ts";
import { deriveSeed } from "../../engine/seed.ts";
import { RunError } from "../../lib/errors.ts";
import type { Training } from "../model/artifacts.ts";
import { priorProgram } from "../model/latent_program.ts";
import type { ModelParts } from "../model/model.ts";
import { openModel, type TrainedModel } from "../model/open_model.ts";
import {
  readImages,
  readLatents,
  readWhole,
  type Rows,
} from "./check_given.ts";
import { requireFit } from "./fit.ts";
import {
  asModelled,
  logLikelihoods,
  requireLikelihood,
} from "./log_likelihood.ts";
import { type Outputs, overRows } from "./over_rows.ts";
import { programCache } from "./program_cache.ts";
import {
  decodeProgram,
  encodeProgram,
  PARAMETER,
  redrawProgram,
} from "./programs.ts";
import { type Check, openTurns } from "./turns.ts";
import type { VaeModel } from "./vae_model.ts";

/** What a model is opened from. */
export interface OpenVaeModelOptions {
  /** Of the trial, for messages. */
  readonly label: string;
  readonly training: Training;
  readonly parts: ModelParts;
  readonly weights: "best" | "last";
  /** The trial's. */
  readonly seed: number;
  readonly engine: EngineInfo;
  readonly threads: number;
}

/** The stages whose draws it makes again. */
const STAGES = { sample: "sample", evaluate: "evaluate" } as const;
/** Draws of the prior in one run of its program. */
const MOST_DRAWS = 4096;
const SAMPLES = 500;

/**
 * Opens a model; its engine starts, where it has not.
 *
 * @throws {UserError} where the engine cannot be loaded, or the plugins are not
 * those that the weights are of.
 */
export async function openVaeModel(
  options: OpenVaeModelOptions,
): Promise<VaeModel> {
  const { label, training, parts, engine, threads } = options;
  const { image, latentDim, latentWidth, head, inputSize } =
    training.architecture;
  const turns = openTurns({ label, engine, threads });
  const trained = await turns.take(`Cannot open the model of ${label}`, () => {
    const opened = openModel(training, parts, options.weights);
    requireFit(opened, training, label);
    return opened;
  });
  const programs = programCache();

  const decode = (rows: Rows, check: Check) =>
    overRows(
      (batchSize) => decodeProgram(trained, { batchSize, latentWidth }),
      rows,
      { name: "decode", programs, check },
    );

  return {
    image,
    latentDim,
    latentWidth,
    head,
    pixels: training.pixels,
    engine,

    async encode(images) {
      const action = "Cannot encode images";
      const rows = readImages(images, image, action);
      const { mean, ...parameters } = await turns.take(
        action,
        (check) =>
          overRows(
            (batchSize) => encodeProgram(trained, { batchSize, inputSize }),
            rows,
            { name: "encode", programs, check },
          ),
      );
      const named = Object.entries(requireNumbers(parameters, action))
        .map(([name, values]) => [name.slice(PARAMETER.length), values]);
      return { mean: mean!, parameters: Object.fromEntries(named) };
    },

    async decode(latents) {
      const action = "Cannot decode latent vectors";
      const rows = readLatents(latents, latentWidth, action);
      const outputs = await turns.take(action, (check) => decode(rows, check));
      return requireNumbers(outputs, action)["images"]!;
    },

    async sample(n, { seed = options.seed } = {}) {
      const action = "Cannot sample images";
      readWhole(n, { action, what: "the number", least: 1 });
      readWhole(seed, { action, what: "the seed", least: 0 });
      return await turns.take(action, async (check) => {
        const values = new Float32Array(n * latentWidth);
        const drawn = deriveSeed(seed, STAGES.sample);
        for (let step = 0; step * MOST_DRAWS < n; step++) {
          if (step > 0) await setImmediate();
          check();
          const start = step * MOST_DRAWS;
          const count = Math.min(MOST_DRAWS, n - start);
          const program = programs.get(
            `draw ${count} ${drawn}`,
            () => priorProgram(trained, { count, seed: drawn }),
          );
          values.set(program.run({ step })["latents"]!, start * latentWidth);
        }
        const { images } = await decode({ count: n, values }, check);
        return requireNumbers({ images: images!, latents: values }, action);
      });
    },

    async reconstruct(images) {
      const action = "Cannot reconstruct images";
      const rows = readImages(images, image, action);
      const outputs = await turns.take(action, (check) =>
        overRows(
          (batchSize) => redrawProgram(trained, { batchSize, inputSize }),
          rows,
          { name: "redraw", programs, check },
        ));
      return requireNumbers(outputs, action)["images"]!;
    },

    async logLikelihood(
      images,
      { samples = SAMPLES, seed = options.seed } = {},
    ) {
      const action = "Cannot estimate likelihoods";
      const rows = asModelled(readImages(images, image, action), training);
      readWhole(samples, { action, what: "the number of samples", least: 1 });
      readWhole(seed, { action, what: "the seed", least: 0 });
      const able: TrainedModel = trained;
      requireLikelihood(able, training, { action, label });
      return await turns.take(action, (check) =>
        logLikelihoods(rows, {
          trained: able,
          samples,
          seed: deriveSeed(deriveSeed(seed, STAGES.evaluate), "nll"),
          programs,
          check,
        }));
    },

    dispose,
    [Symbol.dispose]: dispose,
    async [Symbol.asyncDispose]() {
      await turns.done();
      dispose();
    },
  };

  function dispose(): void {
    turns.end();
    programs.dispose();
  }
}

/** Refuses what is no number, which a compiled program lets through. */
function requireNumbers<T extends Outputs>(outputs: T, action: string): T {
  for (const [name, values] of Object.entries(outputs)) {
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad < 0) continue;
    throw new RunError(
      `${action}: the model gives ${values[bad]} among its ${
        name.replace(PARAMETER, "")
      }, want finite numbers`,
    );
  }
  return outputs;
}
