/** How a search tells settings of a training apart. @module */

import type { Judged } from "../../../pipeline/search/judged.ts";
import type { Training } from "../../model/artifacts.ts";
import type { TrainOptions } from "./options.ts";

/**
 * By the negative ELBO of the training images that are held out, whatever the
 * objective: at the end, or with `patience` at the best epoch, after which a
 * training is only waited for.
 */
export const trainJudged: Judged<TrainOptions> = {
  over: "epochs",
  measure: "validation loss",
  refuse: ({ validation }) =>
    validation > 0 ? null : {
      why:
        "no images are held out to tell settings apart by, train.validation is 0",
      hint: "Set train.validation, for MNIST to 10000",
    },
  judge: (given, { patience }) => {
    const { epochs, bestEpoch, steps } = given["training"] as Training;
    const epoch = patience === null ? epochs.at(-1)! : epochs[bestEpoch - 1]!;
    return { value: epoch.validation!, work: steps };
  },
};
