/** The epochs of a training, from what it has logged. @module */

import * as v from "valibot";
import type { EpochRecord } from "../../../vae/model/artifacts.ts";
import type { MetricsRecord } from "../../../pipeline/execute/metrics_log.ts";

/** Numbers that JSON lacks are words in the log. */
const number = v.union([
  v.number(),
  v.pipe(
    v.picklist(["NaN", "Infinity", "-Infinity"]),
    v.transform(Number),
  ),
]);

const schema = v.object({
  epoch: v.number(),
  step: v.number(),
  loss: number,
  reconstruction: number,
  kl: number,
  learningRate: v.number(),
  klWeight: v.optional(v.number()),
  validation: v.optional(number),
});

/** Those records that are of epochs of a VAE's training; other stages log other things. */
export function epochsOf(
  records: readonly MetricsRecord[],
): readonly EpochRecord[] {
  return records.flatMap((record) => {
    const result = v.safeParse(schema, record);
    if (!result.success) return [];
    const { validation, klWeight, ...rest } = result.output;
    return [{
      ...rest,
      ...(klWeight === undefined ? {} : { klWeight }),
      ...(validation === undefined ? {} : { validation }),
    }];
  });
}
