/** Whether `train.binarization` means something. @module */

import type { Likelihood } from "../../plugin/likelihood.ts";
import type { TrainContext } from "../_context.ts";
import type { TrainOptions } from "./options.ts";

/** Says where the option stands for nothing; its default stands for no wish. */
export function warnOfBinarization(
  { pixels }: Pick<Likelihood, "pixels">,
  { options: { binarization }, context }: {
    readonly options: Pick<TrainOptions, "binarization">;
    readonly context: Pick<TrainContext, "likelihood" | "warn">;
  },
): void {
  if (pixels === "binary" || binarization === "dynamic") return;
  context.warn(
    `train.binarization "${binarization}" changes nothing: pixels of likelihood "${context.likelihood.definition.name}" are not made binary (its form is "${pixels}")`,
  );
}
