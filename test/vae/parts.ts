/** Parts of a model beside its prior, as a run has them. @module */

import * as v from "valibot";
import {
  type LikelihoodReference,
  type NetworkReference,
  type Objective,
  type ObjectiveReference,
  type Tensor2D,
  tf,
} from "../../core/mod.ts";
import type {
  PluginDefinition,
  PluginReference,
  ResolvedPlugin,
} from "../../core/vae/plugin/kind.ts";
import type { DenseLayer } from "../../core/vae/latent/dense_decoder.ts";
import { bernoulli } from "../../plugins/likelihoods/mod.ts";
import { mlp } from "../../plugins/networks/mod.ts";
import { elbo } from "../../plugins/objectives/mod.ts";

/** Those that are not the usual ones. */
export interface PartsOptions {
  readonly network?: NetworkReference;
  readonly likelihood?: LikelihoodReference;
  readonly objective?: ObjectiveReference;
}

/** The parts, resolved. */
export function parts(
  { network = mlp(), likelihood = bernoulli(), objective = elbo() }:
    PartsOptions = {},
) {
  return {
    network: resolved(network),
    likelihood: resolved(likelihood),
    objective: resolved(objective),
  };
}

/** A plugin as a config has it, with its options validated. */
export function resolved<Definition extends PluginDefinition>(
  { definition, options }: PluginReference<Definition>,
): ResolvedPlugin<Definition> {
  const validated = v.parse(definition.options, options) as Record<
    string,
    unknown
  >;
  const label = definition.label?.(validated) ?? definition.name;
  return { definition, options: validated, label };
}

/** The ELBO, built. */
export function usualObjective(): Objective {
  const { definition, options } = parts().objective;
  return definition.create(options);
}

/** What an MLP's decoder with these layers and a sigmoid make of latent vectors, `[B, P]`. */
export function mlpMeans(
  layers: readonly DenseLayer[],
  latent: Tensor2D,
): Tensor2D {
  const { definition, options } = resolved(mlp());
  const image = { height: 1, width: 1, channels: 1 };
  const { apply } = definition.create(options, image).decoder({
    latentWidth: latent.shape[1],
    outputs: 1,
  });
  const weights = Object.fromEntries(
    layers.flatMap(({ kernel, bias }, i) => {
      const path = i === layers.length - 1 ? "output" : `decoder/${i}`;
      const shape = [kernel.length / bias.length, bias.length];
      return [
        [`${path}/kernel`, tf.tensor(kernel, shape)],
        [`${path}/bias`, tf.tensor(bias)],
      ];
    }),
  );
  return tf.sigmoid(apply(weights, latent) as Tensor2D);
}
