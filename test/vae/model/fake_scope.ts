/** Scopes for calling a prior's functions outside of a model. @module */

import type {
  KlScope,
  PriorScope,
  Random,
  Tensor2D,
} from "../../../core/mod.ts";

/** The scope of a prior that learns nothing and asks for no encoder. */
export const emptyScope: PriorScope = {
  learnt: {},
  encode: () => {
    throw new Error("There is no encoder here");
  },
};

/** {@link emptyScope} at the draw `latent`. */
export function klScope(latent: Tensor2D, random: Random): KlScope {
  return { ...emptyScope, latent, random };
}
