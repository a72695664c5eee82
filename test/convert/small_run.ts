/** A run of milliseconds, as `convert` reads it from the store. @module */

import * as v from "valibot";
import type { ConvertedTrial } from "../../core/convert/format.ts";
import type { Samples } from "../../core/vae/model/artifacts.ts";
import type { PriorReference } from "../../core/mod.ts";
import evaluateStage from "../../core/vae/stages/evaluate.ts";
import classifierStage from "../../core/vae/stages/classifier.ts";
import latentStage from "../../core/vae/stages/latent_metrics.ts";
import sampleMetricsStage from "../../core/vae/stages/sample_metrics.ts";
import sampleStage from "../../core/vae/stages/sample.ts";
import type { Measured } from "../../core/vae/figures/figure.ts";
import { buildModel } from "../../core/vae/model/model.ts";
import { gaussian } from "../../plugins/mod.ts";
import {
  fakeContext,
  type FakeContextOptions,
} from "../vae/stages/fake_context.ts";
import { dataset, OPTIONS, train } from "../vae/stages/small_training.ts";

/** Trains, draws and measures on the current engine. */
export async function smallRun(
  reference: PriorReference = gaussian(),
  parts: Pick<FakeContextOptions, "network"> = {},
): Promise<ConvertedTrial> {
  const { training, heard } = await train(OPTIONS, {
    prior: reference,
    ...parts,
  });
  const { context } = fakeContext({ prior: reference, ...parts });
  const inputs = { dataset, training };
  const { samples } = await sampleStage.run(
    inputs,
    v.parse(sampleStage.options, { generated: 6, reconstructed: 4 }),
    context,
  );
  const { evaluation } = await evaluateStage.run(
    inputs,
    v.parse(evaluateStage.options, { nllSamples: 10, nllImages: 5 }),
    context,
  );
  const { latentMetrics } = await latentStage.run(
    inputs,
    v.parse(latentStage.options, { groups: 5 }),
    context,
  );
  const { classifier } = await classifierStage.run(
    { dataset },
    v.parse(classifierStage.options, { hidden: [8], epochs: 10 }),
    context,
  );
  const { sampleMetrics } = await sampleMetricsStage.run(
    { ...inputs, classifier },
    v.parse(sampleMetricsStage.options, { samples: 40, copyingImages: 30 }),
    context,
  );
  const { prior, network, likelihood, objective } = context;
  const { label } = prior;
  return {
    plan: {
      id: "small",
      label,
      group: label,
      values: { prior, network, likelihood, objective, latentDim: 3, seed: 5 },
      nodes: [],
    },
    matrix: {},
    key: "",
    model: buildModel(context, training.architecture.image),
    training,
    weights: training.weights,
    metrics: heard.logs,
    ms: 8000,
    trainOptions: OPTIONS,
    samples: samples as Samples,
    measured: { evaluation, latentMetrics, sampleMetrics } as Measured,
    test: dataset.test,
  };
}
