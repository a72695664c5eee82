/**
 * An objective that is held to its contract: checked as it is built, and what it
 * gives for a batch.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { checkTensor } from "./check_tensor.ts";
import type {
  Objective,
  ObjectiveModel,
  PriorNeed,
  ResolvedObjective,
  TrialObjective,
} from "./objective.ts";

/** Inputs of a step that are there already. */
const TAKEN = ["pixels", "step", "learningRate"];

const NEEDS: readonly PriorNeed[] = ["densities", "dimensions"];

/** The objective as a stage has it: held to its contract. */
export function openObjective(plugin: ResolvedObjective): TrialObjective {
  const { definition, options } = plugin;
  return {
    ...plugin,
    build: () => guardObjective(definition.create(options), definition.name),
  };
}

/**
 * The same objective, whose `terms` throw a `UserError` that names the plugin
 * and the term where one is not what the contract says, or where it takes what it has
 * not said that it needs.
 *
 * @throws {UserError} where a part is missing.
 */
export function guardObjective(objective: Objective, name: string): Objective {
  const start = `Cannot use objective "${name}"`;
  const { terms, rates = {}, needs = [] } = Object(objective) as Objective;
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
  if (!Array.isArray(needs) || !needs.every((need) => NEEDS.includes(need))) {
    throw new UserError(
      `${start}: its needs are ${JSON.stringify(needs)}, want a list of ${
        NEEDS.map((need) => `"${need}"`).join(" and ")
      }`,
    );
  }
  return {
    ...objective,
    terms: (model, fed) => {
      const given = terms.call(objective, declared(model, needs, start), fed);
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

/** The model, but for what the objective has not said that it needs. */
function declared(
  model: ObjectiveModel,
  needs: readonly PriorNeed[],
  start: string,
): ObjectiveModel {
  const refused = (member: keyof ObjectiveModel, need: PriorNeed) =>
    needs.includes(need) ? {} : {
      [member]: () => {
        throw new UserError(
          `${start}: it calls "${member}" and does not need "${need}", which not every prior has`,
          { hint: `Give needs: ["${need}"] beside "terms"` },
        );
      },
    };
  return {
    ...model,
    ...refused("logPrior", "densities"),
    ...refused("logPosterior", "densities"),
    ...refused("klByDimension", "dimensions"),
  };
}
