/**
 * The keys of a config, as `--set` takes them.
 *
 * @module
 */

import type { Command } from "./command.ts";
import { SETS_KEYS } from "./npm_flags.ts";

/**
 * Keys that the command of `argv` sets, `latentDim` and `train.epochs`, in the
 * order of the stages; none where it sets none, for stages are loaded for them.
 */
export async function keysOfConfig(
  [name]: readonly string[],
  commands: readonly Command[],
): Promise<readonly string[]> {
  const command = commands.find((one) => one.name === name);
  if (!command?.flags.some(({ form }) => form === SETS_KEYS)) return [];
  const { configSchema } = await import("../config/schema.ts");
  const { choices } = await import("../vae/axes.ts");
  const { defaultStages } = await import("../vae/stages/mod.ts");
  return [
    ...Object.keys(configSchema(choices).entries),
    ...defaultStages.flatMap(({ name, options }) =>
      Object.keys(options.entries).map((key) => `${name}.${key}`)
    ),
  ];
}
