/**
 * Presets: named overlays on a config, for a quick look or a small machine.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import { didYouMean, quoteAll } from "../lib/suggest.ts";

/** The name that stands for the config without any preset. */
export const FULL = "full";

/**
 * `config` with its preset `name` laid over it: `latentDim` and `seed` are
 * replaced, the options of a stage are merged one by one.
 *
 * @throws {UserError} where the config has no such preset.
 */
export function applyPreset(
  config: Readonly<Record<string, unknown>>,
  name: string,
): Readonly<Record<string, unknown>> {
  if (name === FULL) return config;
  const presets = asRecord(config.presets) ?? {};
  if (!Object.hasOwn(presets, name)) {
    const known = [FULL, ...Object.keys(presets)];
    const hint = didYouMean(name, known);
    throw new UserError(
      `Cannot use preset "${name}": the config has ${quoteAll(known)}`,
      hint === undefined ? {} : { hint },
    );
  }
  const result: Record<string, unknown> = { ...config };
  for (const [key, value] of Object.entries(asRecord(presets[name]) ?? {})) {
    const options = asRecord(value);
    result[key] = options === undefined
      ? value
      : { ...asRecord(config[key]), ...options };
  }
  return result;
}

function asRecord(
  value: unknown,
): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Record<string, unknown>
    : undefined;
}
