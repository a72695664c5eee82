/**
 * The stdlib functions, loaded at their first use: only the engines without
 * TensorFlow's own need them.
 *
 * @module
 */

import { createRequire } from "node:module";
import type { ScalarFunction } from "../definition.ts";

const require = createRequire(import.meta.url);

/** A function of numbers in float64, from `@stdlib/math-base-special-*`. */
export function loadFunction(
  name: "digamma" | "erfc" | "erfcinv" | "gammaln" | "trigamma",
): ScalarFunction {
  return require(`@stdlib/math-base-special-${name}`) as ScalarFunction;
}
