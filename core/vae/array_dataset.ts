/**
 * `dataset` of a config: arrays that the config or a script has made.
 *
 * @module
 */

import {
  type ArrayDataset,
  ARRAYS_ID,
  keepArrays,
} from "../../datasets/mod.ts";
import { UserError } from "../lib/errors.ts";
import { show } from "../lib/suggest.ts";

/**
 * A config whose `dataset` has become an option of `load_mnist`, and lies where
 * its workers find it. What else is no config stays as it is.
 *
 * @throws {UserError} where it is not what `fromArrays` gives.
 */
export async function keepDataset(config: unknown): Promise<unknown> {
  if (!isRecord(config) || config["dataset"] === undefined) return config;
  const { dataset, load_mnist: options = {}, ...rest } = config;
  if (!isArrayDataset(dataset)) {
    throw new UserError(
      `Cannot read "dataset": found ${
        show(dataset)
      }, want what fromArrays({ images, labels }) gives`,
      { hint: "A folder is named in load_mnist.dir" },
    );
  }
  await keepArrays(dataset);
  const { arrays } = dataset;
  return {
    ...rest,
    load_mnist: isRecord(options) ? { ...options, arrays } : options,
  };
}

function isArrayDataset(value: unknown): value is ArrayDataset {
  return isRecord(value) && isRecord(value["files"]) &&
    typeof value["arrays"] === "string" && ARRAYS_ID.test(value["arrays"]);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
