// What `npm start` runs. Change a value and run again: only what depends on it
// is done anew. `npm run cli -- list` shows every prior and stage with its
// options; `npm start -- --set train.epochs=3` changes one value for one run.

import { definePipeline } from "./core/mod.ts";
import { beta, gamma, gaussian } from "./plugins/mod.ts";

export default definePipeline({
  // Each prior is trained and compared. One of your own, in a file:
  // "./my_prior.ts", or with options ["./my_prior.ts", { strength: 2 }].
  priors: [
    gaussian(),
    gaussian({ mean: 1, variance: 2 }), // a variance, not a standard deviation
    beta({ alpha: 1, beta: 1 }), // uniform on (0, 1)
    gamma({ concentration: 3, rate: 2 }), // mean 3 / 2
  ],

  // Size of the latent space. A list, [2, 20], trains every prior with each.
  latentDim: 20,

  // The same seed gives the same result. A list, [0, 1, 2], repeats every run.
  seed: 0,

  // Options of the stages, by the stage's name.
  train: { epochs: 20, schedule: "cooldown" }, // Adam, 1e-3, falling at the end

  // `npm start -- --preset quick`: a look instead of a measurement.
  presets: {
    quick: {
      train: { epochs: 3 },
      evaluate: { nllImages: 200, nllSamples: 100 },
      latent_metrics: { trainImages: 5000 },
      classifier: { epochs: 2 },
      sample_metrics: { samples: 2000, copyingImages: 50 },
    },
  },

  // Taken where the native engine cannot be had, for the embedded one is
  // slower; `--preset full` runs everything as written above all the same.
  fallbackPreset: "quick",
});
