/** Draws beyond single precision are held, and their densities taken as if they were not. @module */

import { positive, tf } from "../../../../core/mod.ts";
import {
  drawGamma,
  gammaDivergence,
  gammaWith,
  logGammaDensity,
} from "../_right.ts";

const SPARSE = { concentration: 0.01, rate: 1 } as const;

export default gammaWith({
  name: "density_for_mass",
  module: import.meta.url,
  constrain: positive({ floor: 1e-3 }),
}, ({ densities }, { latentDim }) => ({
  klDivergence: ({ concentration, rate }) =>
    tf.sum(gammaDivergence(concentration, rate, SPARSE), 1),
  priorSample: (count, random) =>
    drawGamma(
      tf.fill([count, latentDim], SPARSE.concentration),
      tf.scalar(SPARSE.rate),
      random,
    ),
  densities: {
    ...densities!,
    prior: (latent) =>
      logGammaDensity(
        tf.scalar(SPARSE.concentration),
        tf.scalar(SPARSE.rate),
        latent,
      ),
  },
}));
