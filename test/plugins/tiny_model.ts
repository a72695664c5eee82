/** A prior in a model of a few units, with learnt values off their start. @module */

import * as v from "valibot";
import type { Tensors } from "../../core/engine/program/program.ts";
import { uniformStream } from "../../core/engine/random.ts";
import type { Weights } from "../../core/vae/model/artifacts.ts";
import { initialNetwork } from "../../core/vae/model/initial_network.ts";
import { initialLearnt } from "../../core/vae/model/learnt.ts";
import { buildModel, type Model } from "../../core/vae/model/model.ts";
import { priorScope } from "../../core/vae/model/prior_scope.ts";
import { openLikelihood } from "../../core/vae/plugin/guard_likelihood.ts";
import { openNetwork } from "../../core/vae/plugin/guard_network.ts";
import { mlp } from "../../plugins/networks/mod.ts";
import { parts, type PartsOptions } from "../vae/parts.ts";
import {
  denseParameters,
  type Prior,
  type PriorReference,
  type PriorScope,
  type Tensor1D,
  type Tensor2D,
  tf,
} from "../../core/mod.ts";

/** Pixels of an image. */
export const INPUT_SIZE = 16;
/** Units of either hidden layer. */
const HIDDEN = 8;

/** A prior and the weights of its model. */
export interface TinyModel {
  readonly prior: Prior;
  readonly model: Model;
  readonly weights: Weights;
}

/** Options of {@link tinyModel}. */
export interface TinyModelOptions
  extends Pick<PartsOptions, "network" | "likelihood"> {
  readonly latentDim: number;
  /** Largest change of a learnt value from its start; default 0. */
  readonly shake?: number;
  /** Pixels of an image; default {@link INPUT_SIZE}. */
  readonly inputSize?: number;
  /** Units of either hidden layer; default 8. */
  readonly hidden?: number;
}

/** The model of `reference`, the same each time. */
export function tinyModel(
  { definition, options: given }: PriorReference,
  options: TinyModelOptions,
): TinyModel {
  const { latentDim, shake = 0, inputSize = INPUT_SIZE, hidden = HIDDEN } =
    options;
  const image = { height: 1, width: inputSize, channels: 1 };
  const { network, likelihood } = parts({
    network: mlp({ hidden: [hidden] }),
    ...options,
  });
  const built = definition.create(v.parse(definition.options, given), {
    latentDim,
    inputSize,
  });
  const model = buildModel({
    prior: { latentDim, build: () => built },
    network: openNetwork(network),
    likelihood: openLikelihood(likelihood),
  }, image);
  const { prior, encoder, decoder } = model;
  const units = Object.values(prior.head).reduce((n, one) => n + one.units, 0);
  const uniform = uniformStream(8, 0);
  const learnt = Object.entries({
    ...initialLearnt("prior", prior.learnt, { name: definition.name, seed: 3 }),
    ...initialLearnt("likelihood", model.likelihood.learnt, {
      name: likelihood.definition.name,
      seed: 3,
    }),
  }).map(([name, { shape, data }]) => {
    const shaken = data.map((x) => x + shake * (2 * uniform() - 1));
    return [name, { shape, data: shaken }] as const;
  });
  const layers = {
    ...encoder.parameters,
    ...denseParameters("head", { inputs: encoder.features, outputs: units }),
    ...decoder.parameters,
  };
  return {
    prior,
    model,
    weights: {
      ...initialNetwork(layers, { name: "tiny", seed: 3 }),
      ...Object.fromEntries(learnt),
    },
  };
}

/** What the prior's functions see of the model, with `instead` for some weights. */
export function tinyScope(
  { model, weights }: TinyModel,
  instead: Tensors = {},
): PriorScope {
  const tensors = Object.entries(weights).map(([name, { shape, data }]) =>
    [name, tf.tensor(data, [...shape])] as const
  );
  return priorScope(model, { ...Object.fromEntries(tensors), ...instead });
}

/** log p(z) of each latent vector. */
export function priorDensity(
  model: TinyModel,
  latents: readonly (readonly number[])[],
): Float32Array {
  return valuesOf(() => {
    const latent = tf.tensor2d(latents.map((z) => [...z]));
    return model.prior.densities!.prior(latent, tinyScope(model));
  });
}

/** What `compute` gives, as numbers. */
export function valuesOf(compute: () => Tensor1D | Tensor2D): Float32Array {
  const tensor = tf.tidy(compute);
  const data = (tensor.dataSync() as Float32Array).slice();
  tensor.dispose();
  return data;
}
