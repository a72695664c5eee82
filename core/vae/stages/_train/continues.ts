/** When a training goes on from a finished one with fewer epochs. @module */

import type { Continues } from "../../../pipeline/continues.ts";
import type { TrainOptions } from "./options.ts";

/**
 * With a constant learning rate nothing in an epoch depends on how many there
 * will be: the shorter training is the beginning of the longer one.
 */
export const trainContinues: Continues<TrainOptions> = {
  across: ["epochs"],
  from: ({ epochs, schedule }, earlier) => {
    if (earlier.epochs >= epochs) return null;
    const stop = earlier.patience === null ? "" : ", or where it stopped early";
    return schedule === "constant"
      ? { after: `epoch ${earlier.epochs}${stop}`, done: earlier.epochs }
      : { anew: `a ${schedule} learning rate depends on the last epoch` };
  },
};
