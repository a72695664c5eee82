/**
 * An objective that is held to its contract: checked as it is built, and what it
 * gives for a batch.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { checkTensor } from "./check_tensor.ts";
import type { Objective } from "./objective.ts";

/** Inputs of a step that are there already. */
const TAKEN = ["pixels", "step", "learningRate"];

/**
 * The same objective, whose `terms` throw a `UserError` that names the plugin
 * and the term where one is not what the contract says.
 *
 * @throws {UserError} where a part is missing.
 */
export function guardObjective(objective: Objective, name: string): Objective {
  const start = `Cannot use objective "${name}"`;
  const { terms, rates = {} } = Object(objective) as Objective;
  if (typeof terms !== "function") {
    throw new UserError(`${start}: "create" gives no function "terms"`);
  }
  for (const [rate, value] of Object.entries(rates)) {
    if (typeof value === "function" && !TAKEN.includes(rate)) continue;
    throw new UserError(
      `${start}: its rate "${rate}" is ${
        TAKEN.includes(rate)
          ? "the name of an input that every step has"
          : `${typeof value}, want a function of the step`
      }`,
    );
  }
  return {
    ...objective,
    terms: (model, fed) => {
      const given = terms.call(objective, model, fed);
      const B = Object.values(model.posterior)[0]!.shape[0];
      const check = <Term extends "reconstruction" | "kl">(term: Term) =>
        checkTensor(Object(given)[term], {
          start: `${start}: its term "${term}"`,
          wanted: { B },
        });
      return {
        loss: checkTensor(Object(given).loss, {
          start: `${start}: its term "loss"`,
          wanted: {},
        }),
        reconstruction: check("reconstruction"),
        kl: check("kl"),
      };
    },
  };
}
