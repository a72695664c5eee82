/**
 * Any option of a stage as an axis of the matrix.
 *
 * @module
 */

import type { Axis, OptionAxis } from "./provider.ts";
import { slugOf } from "./trials.ts";

/** The axis of an option: it sets that, and no stage uses it by another way. */
export function optionAxis(
  { stage, option, called, isTuned = false }: OptionAxis,
): Axis {
  const name = `${stage}.${option}`;
  return {
    name,
    module: import.meta.url,
    role: "compare",
    configKey: "matrix",
    plural: `values of "${name}"`,
    isTuned,
    option: { stage, name: option },
    fields: () => ({}),
    sources: () => [],
    send: (data) => ({ module: null, data }),
    open: ({ data }) => data,
    title: (value) => `${called}=${textOf(value)}`,
    slug: (value) => slugOf(`${called}-${textOf(value)}`),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
