/**
 * What a stage sees of its trial: what it declared, and nothing else.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import type { Lent, Stage, StageServices } from "../stage.ts";

/**
 * The context of `stage`, which has what was opened of what it uses. Reading
 * anything else of the trial throws.
 */
export function stageContext(
  stage: Stage,
  services: StageServices,
  opened: Partial<Lent>,
): StageServices & Partial<Lent> {
  const context = { ...services, ...opened };
  return new Proxy(context, {
    get(target, name, receiver) {
      if (name in target || typeof name === "symbol" || name === "then") {
        return Reflect.get(target, name, receiver);
      }
      throw new UserError(
        `Stage "${stage.name}" reads "${name}" of its context, which it does not declare`,
        {
          hint:
            `Add "${name}" to its "params": it becomes part of what the cache compares`,
        },
      );
    },
  });
}
