/** The check `contract`: what the plugin says of itself, and what it builds. @module */

import { labelOf } from "../../../plugin/label.ts";
import { objectiveKind } from "../../../objective_axis.ts";
import type { Objective } from "../../../plugin/objective.ts";
import { type Check, fail, pass } from "../../check.ts";
import { attempt, identityFaults, optionFaults } from "../../identity.ts";
import type { ObjectiveSubject } from "../subject.ts";

/** Identity, options, needs and rates are as the contract has them. */
export const contract: Check<ObjectiveSubject> = {
  name: "contract",
  title: "Contract and options",
  run(subject) {
    const faults = [
      ...identityFaults(objectiveKind, subject),
      ...optionFaults(subject),
    ];
    attempt(faults, () => faults.push(...rateFaults(subject.build())));
    if (faults.length > 0) {
      return fail(
        faults.join("; "),
        "plugins/objectives/README.md has the contract, member by member",
      );
    }
    const keys = Object.keys(subject.definition.options.entries);
    return pass(
      `${labelOf(objectiveKind, subject)}; options ${
        keys.join(", ") || "none"
      }`,
    );
  },
};

/** Steps before, in and after a warm-up. */
const STEPS = [1, 2, 50, 1000, 1e6, 1e6 + 1];
const STEPS_PER_EPOCH = 10;

function rateFaults({ rates = {}, warmupEpochs = 0 }: Objective): string[] {
  if (!(Number.isFinite(warmupEpochs) && warmupEpochs >= 0)) {
    return [`warmupEpochs is ${warmupEpochs}, want a number of at least 0`];
  }
  const warmup = Math.ceil(warmupEpochs * STEPS_PER_EPOCH);
  return Object.entries(rates).flatMap(([name, rate]) => {
    const at = (step: number) => rate({ step, stepsPerEpoch: STEPS_PER_EPOCH });
    const wrong = [...STEPS, warmup + 1].find((step) =>
      !Number.isFinite(at(step))
    );
    if (wrong !== undefined) {
      return [`rate "${name}" is ${at(wrong)} at step ${wrong}, want a number`];
    }
    return at(warmup + 1) === at(warmup + 1e6) ? [] : [
      `rate "${name}" still changes after warmupEpochs = ${warmupEpochs}, which early stopping waits for`,
    ];
  });
}
