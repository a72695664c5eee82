/**
 * Options of all stages, read through their schemas.
 *
 * @module
 */

import { deepFreeze } from "../lib/freeze.ts";
import type { Stage } from "../pipeline/stage.ts";
import type { StageOptions } from "../pipeline/types.ts";
import { whereNow } from "./moved.ts";
import { type OptionsPlace, readOptions } from "./read_options.ts";

/**
 * The options of every stage, defaults filled in; `within` says where one was
 * written, when that is not plain.
 *
 * @throws {UserError} naming the stage and every key at fault.
 */
export function readStageOptions(
  config: Readonly<Record<string, unknown>>,
  stages: readonly Stage[],
  within?: (stage: Stage) => OptionsPlace["within"],
): StageOptions {
  const read = stages.map((stage) =>
    [
      stage.name,
      readOptions(stage.options, config[stage.name] ?? {}, {
        path: stage.name,
        owner: `stage "${stage.name}"`,
        instead: (option, value) => whereNow(stage, option, [value]),
        ...(within === undefined ? {} : { within: within(stage) }),
      }),
    ] as const
  );
  return deepFreeze(Object.fromEntries(read));
}
