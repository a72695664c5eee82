/**
 * Configs of records from before network, likelihood and objective were chosen:
 * what they said of them were options of stages.
 *
 * @module
 */

import { choices } from "../vae/axes.ts";
import { defaultStages } from "../vae/stages/mod.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * The config of a record as one of today: an option that has moved stands where
 * it is now, each of a `matrix` in an entry of its own, and an axis that there
 * was not has its usual value.
 */
export function fromFormerConfig(config: Fields): Fields {
  const missing = choices.map(({ axis: { configKey } }) => configKey)
    .filter((key) => !(key in config) && key in USUAL);
  if (missing.length === 0) return config;
  const matrix = { ...Object(config.matrix) as Fields };
  const stages: Record<string, Fields> = {};
  const options: Record<string, Record<string, readonly unknown[]>> = {};
  for (const { name, moved = {} } of defaultStages) {
    const given = { ...Object(config[name]) as Fields };
    for (const [old, { key, option }] of Object.entries(moved)) {
      const several = matrix[`${name}.${old}`];
      if (several !== undefined || old in given) {
        (options[key] ??= {})[option] = several === undefined
          ? [given[old]]
          : several as readonly unknown[];
      }
      delete given[old];
      delete matrix[`${name}.${old}`];
    }
    if (name in config) stages[name] = given;
  }
  const { matrix: _, ...rest } = config;
  return {
    ...rest,
    ...Object.fromEntries(
      missing.map((key) => [
        key,
        combine(options[key] ?? {}).map((one) => [USUAL[key], one]),
      ]),
    ),
    ...(Object.keys(matrix).length === 0 ? {} : { matrix }),
    ...stages,
  };
}

/** What every model was made of, by the key that chooses it now. */
const USUAL: Readonly<Record<string, string>> = {
  networks: "mlp",
  likelihoods: "bernoulli",
  objectives: "elbo",
};

/** Every value of the first option with every one of the next. */
function combine(
  options: Readonly<Record<string, readonly unknown[]>>,
): readonly Fields[] {
  return Object.entries(options).reduce<readonly Fields[]>(
    (all, [option, values]) =>
      all.flatMap((one) =>
        values.map((value) => ({ ...one, [option]: value }))
      ),
    [{}],
  );
}
