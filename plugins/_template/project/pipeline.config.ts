// What `npm start` runs. Change a value and run again: only what depends on it
// is done anew. `npx vae-priors list` shows every prior and stage with its
// options; `npm start -- --set train.epochs=3` changes one value for one run.

import { definePipeline } from "vae-priors";
import { beta, gaussian } from "vae-priors/plugins";

export default definePipeline({
  // Each prior is trained and compared.
  priors: [
    gaussian(),
    beta({ alpha: 1, beta: 1 }), // uniform on (0, 1)
    ["./priors/my_prior.ts", { scale: 1 }], // yours, in a file
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
      train: { epochs: 1 },
      evaluate: { nllImages: 100, nllSamples: 50 },
      latent_metrics: { trainImages: 2000 },
      classifier: { epochs: 1 },
      sample_metrics: { samples: 1000, copyingImages: 20 },
    },
  },

  // Taken where the native engine cannot be had, for the embedded one is
  // slower; `--preset full` runs everything as written above all the same.
  fallbackPreset: "quick",
});
