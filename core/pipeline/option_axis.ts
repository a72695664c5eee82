/**
 * Any option of a stage as an axis of the matrix.
 *
 * @module
 */

import type { Axis } from "./provider.ts";
import { slugOf } from "./trials.ts";

/** An option of a stage, and how it is called. */
export interface OptionAxis {
  readonly stage: string;
  readonly option: string;
  /** `learningRate`, or with its stage where another has such an option, too. */
  readonly called: string;
}

/** The axis of an option: it sets that, and no stage uses it by another way. */
export function optionAxis({ stage, option, called }: OptionAxis): Axis {
  const name = `${stage}.${option}`;
  return {
    name,
    module: import.meta.url,
    role: "compare",
    configKey: "matrix",
    plural: `values of "${name}"`,
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
