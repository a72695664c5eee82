// The protocol of Davidson et al. 2018 for other priors beside theirs; README.md
// has the commands, the time that it takes and what is known of the paper's.

import { definePipeline } from "../../../core/mod.ts";
import {
  beta,
  gamma,
  gaussian,
  vonMises,
  vonMisesFisher,
} from "../../../plugins/mod.ts";

export default definePipeline({
  name: "paper",
  outputs: "../../../outputs/paper",
  priors: [
    gaussian(),
    gaussian({ mean: 1, variance: 2 }),
    beta({ alpha: 1, beta: 1 }),
    beta({ alpha: 10, beta: 10 }),
    gamma({ concentration: 0.3, rate: 0.3 }),
    gamma({ concentration: 10, rate: 10 }),
    gamma({ concentration: 3, rate: 2 }),
    vonMises(), // D angles
    vonMisesFisher(), // the sphere of D dimensions, in D + 1 coordinates
  ],
  latentDim: [2, 5, 10, 20, 40],
  seed: [0, 1, 2],
  load_mnist: { source: "files" }, // never drawn digits
  networks: ["mlp", { hidden: [256, 128] }],
  objectives: ["elbo", { warmupEpochs: 100 }],
  train: {
    epochs: 2000, // a bound; patience ends it
    batchSize: 64,
    learningRate: 1e-3,
    binarization: "dynamic",
    validation: 10_000,
    patience: 50,
  },
  sample: { weights: "best" },
  evaluate: { weights: "best", nllSamples: 500, nllImages: 10_000 },
  latent_metrics: { weights: "best" },
  sample_metrics: { weights: "best" },
});
