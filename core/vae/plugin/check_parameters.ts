/** Whether parameters of a plugin, before training, are such. @module */

import { UserError } from "../../lib/errors.ts";
import type { LearntParameter } from "./learnt.ts";

/** Paths, for they become names in the model's weights: `means`, `0/kernel`. */
const PATH = /^\w+(\/\w+)*$/;

/** How a message speaks of them. */
export interface ParameterWords {
  /** `Cannot use prior "mine"`. */
  readonly start: string;
  /** `learnt parameter`. */
  readonly what: string;
}

/** @throws {UserError} naming the plugin and the parameter. */
export function checkParameters(
  parameters: Readonly<Record<string, LearntParameter>>,
  { start, what }: ParameterWords,
): void {
  for (const [name, { shape, initial }] of Object.entries(parameters)) {
    if (!PATH.test(name)) {
      throw new UserError(
        `${start}: a ${what} is named ${
          JSON.stringify(name)
        }, want letters, digits and "_", parts joined by "/"`,
      );
    }
    const isWhole = Array.isArray(shape) &&
      shape.every((size) => Number.isInteger(size) && size > 0);
    if (!isWhole) {
      throw new UserError(
        `${start}: its ${what} "${name}" has the shape ${
          JSON.stringify(shape) ?? "undefined"
        }, want a list of whole numbers of at least 1`,
      );
    }
    if (typeof initial !== "function") {
      throw new UserError(
        `${start}: its ${what} "${name}" has no function "initial"`,
      );
    }
  }
}
