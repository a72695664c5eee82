// The models of one stochastic layer of Burda, Grosse and Salakhutdinov 2016,
// table 1; README.md has the commands.

import { definePipeline } from "../../../core/mod.ts";
import { gaussian } from "../../../plugins/mod.ts";
import { mlp } from "../../../plugins/networks/mod.ts";
import { elbo, iwae } from "../../../plugins/objectives/mod.ts";

export default definePipeline({
  name: "iwae",
  outputs: "../../../outputs/records/iwae",
  priors: [gaussian()],
  networks: mlp({ hidden: [200, 200], activation: "tanh" }),
  objectives: [elbo(), iwae({ samples: 5 }), iwae({ samples: 50 })],
  latentDim: 50,
  load_mnist: { source: "files" }, // never drawn digits
  train: {
    epochs: 2000, // a bound; patience ends it
    batchSize: 20,
    learningRate: 1e-3,
    schedule: "cosine", // theirs falls in steps, tenfold over 3,280 epochs
    finalShare: 0.1,
    binarization: "dynamic",
    validation: 10_000,
    patience: 50,
  },
  without: ["explore", "classifier", "sample_metrics", "latent_metrics"],
  sample: { weights: "best" },
  evaluate: { weights: "best", nllSamples: 5000, nllImages: 10_000 },
});
