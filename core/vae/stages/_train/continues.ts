/** When a training goes on from a finished one. @module */

import { plural } from "../../../lib/count.ts";
import type { Continues } from "../../../pipeline/continues.ts";
import { epochsBeforeFall } from "../../model/schedule.ts";
import type { TrainOptions } from "./options.ts";

/**
 * As long as the learning rate has not fallen, nothing in an epoch depends on
 * how many there will be: up to its fall a training is the beginning of every
 * one that falls later. The state at that point is kept (slots.ts).
 */
export const trainContinues: Continues<TrainOptions> = {
  across: ["epochs", "schedule", "finalShare"],
  from: (options, earlier) => {
    const done = epochsBeforeFall(earlier);
    if (done === 0) {
      const isBeginning = earlier.schedule === options.schedule &&
        earlier.epochs < options.epochs;
      return isBeginning ? { anew: whyAnew(earlier) } : null;
    }
    if (done > epochsBeforeFall(options)) return null;
    const fall = done < earlier.epochs ? ", before the learning rate fell" : "";
    const stop = earlier.patience === null ? "" : ", or where it stopped early";
    return { after: `epoch ${done}${fall}${stop}`, done };
  },
};

function whyAnew({ schedule, epochs }: TrainOptions): string {
  return schedule === "cooldown"
    ? `in ${plural(epochs, "epoch")} the learning rate falls within the first`
    : `a ${schedule} learning rate depends on the last epoch`;
}
