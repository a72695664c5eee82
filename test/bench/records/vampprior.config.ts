// The protocol of Tomczak and Welling 2018 (section 5 and the authors' code,
// `jmtomczak/vae_vampprior`); README.md has the commands.

import { definePipeline } from "../../../core/mod.ts";
import { flow, gaussian, vamp } from "../../../plugins/mod.ts";
import { mlp } from "../../../plugins/networks/mod.ts";
import { elbo } from "../../../plugins/objectives/mod.ts";

export default definePipeline({
  name: "vampprior",
  outputs: "../../../outputs/records/vampprior",
  priors: [gaussian(), vamp({ components: 500 }), flow()],
  networks: mlp({ hidden: [300, 300], activation: "gated" }),
  objectives: elbo({ warmupEpochs: 100 }),
  latentDim: 40,
  load_mnist: { source: "files" }, // never drawn digits
  train: {
    epochs: 2000, // a bound; patience ends it
    batchSize: 100,
    learningRate: 5e-4,
    binarization: "dynamic",
    validation: 10_000,
    patience: 50,
  },
  without: ["explore", "classifier", "sample_metrics", "latent_metrics"],
  sample: { weights: "best" },
  evaluate: { weights: "best", nllSamples: 5000, nllImages: 10_000 },
});
