/**
 * How priors are called in tables and pictures.
 *
 * @module
 */

import type { PriorDefinition } from "../plugin/prior.ts";
import type { ResolvedPrior } from "./types.ts";
import { UserError } from "../errors.ts";

/**
 * The plugin's own label, or its name with the values of its options in the
 * order of its schema: `Beta(1,1)`.
 *
 * @throws {UserError} where the plugin's own `label` throws or gives no text.
 */
export function labelOf(
  definition: PriorDefinition,
  options: Readonly<Record<string, unknown>>,
): string {
  if (definition.label === undefined) return defaultLabel(definition, options);
  let label: unknown;
  try {
    label = definition.label(options);
  } catch (cause) {
    throw new UserError(
      `Cannot label prior "${definition.name}" with ${
        JSON.stringify(options)
      }: its "label" threw "${cause}"`,
      { cause },
    );
  }
  if (typeof label === "string" && label.trim() !== "") return label;
  throw new UserError(
    `Cannot label prior "${definition.name}": its "label" gave ${
      JSON.stringify(label) ?? "nothing"
    }, want a string that is not empty`,
  );
}

/** Adds to labels that several priors share the options in which they differ. */
export function distinguish(
  priors: readonly ResolvedPrior[],
): readonly ResolvedPrior[] {
  return priors.map((prior) => {
    const others = priors.filter(({ label }) => label === prior.label);
    if (others.length === 1) return prior;
    const differing = Object.entries(prior.options).filter(([key, value]) =>
      others.some(({ options }) =>
        JSON.stringify(options[key]) !== JSON.stringify(value)
      )
    ).map(([key, value]) => `${key}=${format(value)}`);
    const own = others.every(({ definition }) =>
        definition.name === prior.definition.name
      )
      ? []
      : [prior.definition.name];
    return { ...prior, label: [prior.label, ...own, ...differing].join(" ") };
  });
}

function defaultLabel(
  { name, options: schema }: PriorDefinition,
  options: Readonly<Record<string, unknown>>,
): string {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  const values = Object.keys(schema.entries)
    .filter((key) => options[key] !== undefined)
    .map((key) => format(options[key]));
  return values.length === 0 ? title : `${title}(${values.join(",")})`;
}

function format(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
