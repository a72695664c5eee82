/**
 * Whether presets can be laid over a config.
 *
 * @module
 */

import * as v from "valibot";
import { UserError } from "../lib/errors.ts";
import { didYouMean, quoteAll, show } from "../lib/suggest.ts";
import type { Stage } from "../pipeline/stage.ts";
import type { Choice } from "./choice.ts";
import { applyPreset, FULL } from "./presets.ts";
import { readOptions } from "./read_options.ts";
import type { ConfigKeys } from "./schema.ts";
import { readStageOptions } from "./stage_options.ts";

/**
 * Checks all of them: one that is not asked for today is still checked today.
 *
 * @throws {UserError} naming preset and key.
 */
export function checkPresets(
  config: Readonly<Record<string, unknown>>,
  { presets, fallbackPreset }: ConfigKeys,
  { choices, stages }: {
    readonly choices: readonly Choice[];
    readonly stages: readonly Stage[];
  },
): void {
  const chosen = choices.filter(({ isInPresets }) => isInPresets);
  const axisKeys = chosen.map(({ axis }) => axis.configKey);
  const allowed = [...axisKeys, ...stages.map(({ name }) => name)];
  const overlay = v.strictObject(
    Object.fromEntries(
      chosen.map(({ axis, schema }) => [axis.configKey, v.optional(schema)]),
    ),
  );
  for (const [name, preset] of Object.entries(presets)) {
    const within = `preset "${name}"`;
    if (name === FULL) {
      throw new UserError(
        `Cannot read "presets.${FULL}": the name "${FULL}" stands for the config without a preset`,
        { hint: "Give the preset another name" },
      );
    }
    for (const [key, value] of Object.entries(preset)) {
      if (allowed.includes(key)) continue;
      const hint = didYouMean(key, allowed);
      throw new UserError(
        `Cannot read "presets.${name}.${key}": found ${
          show(value)
        }, but a preset may only set ${quoteAll(allowed)}`,
        hint === undefined ? {} : { hint },
      );
    }
    const own = Object.fromEntries(axisKeys.map((key) => [key, preset[key]]));
    readOptions(overlay, own, {
      path: "",
      owner: within,
      within: () => within,
    });
    // What the preset does not set is wrong without it, too.
    readStageOptions(applyPreset(config, name), stages, (stage) => (key) => {
      const own = preset[stage.name] as object | undefined;
      const isOwn = own !== undefined &&
        (key === undefined || Object.hasOwn(own, key));
      return isOwn ? within : undefined;
    });
  }
  if (fallbackPreset !== undefined) applyPreset(config, fallbackPreset);
}
