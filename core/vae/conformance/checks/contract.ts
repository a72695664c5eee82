/** The check `contract`: what the plugin says of itself, and what it builds. @module */

import { labelOf } from "../../plugin/label.ts";
import { priorKind } from "../../prior_axis.ts";
import type { ParameterHead, Prior } from "../../plugin/prior.ts";
import { type Check, fail, pass } from "../check.ts";
import { attempt, identityFaults, optionFaults } from "../identity.ts";
import { jointInstance, type Subject } from "../subject.ts";

/** Identity, options, head and functions are as the contract has them. */
export const contract: Check = {
  name: "contract",
  title: "Contract and options",
  run(subject) {
    const faults = [
      ...identityFaults(priorKind, subject),
      ...optionFaults(subject),
      ...builtFaults(subject),
    ];
    if (faults.length > 0) {
      return fail(
        faults.join("; "),
        "plugins/README.md has the contract, member by member",
      );
    }
    const keys = Object.keys(subject.definition.options.entries);
    return pass(
      `${labelOf(priorKind, subject)}; options ${keys.join(", ") || "none"}`,
    );
  },
};

function builtFaults(subject: Subject): string[] {
  const faults: string[] = [];
  attempt(faults, () => {
    const { prior, width } = jointInstance(subject);
    faults.push(...headFaults(prior.head), ...memberFaults(prior, width));
  });
  return faults;
}

function headFaults(head: ParameterHead): string[] {
  const entries = Object.entries(head);
  if (entries.length === 0) return ["head names no parameter"];
  return entries.flatMap(([name, { units, constrain }]) => [
    ...(Number.isInteger(units) && units > 0
      ? []
      : [`head.${name}.units is ${units}, want a whole number above 0`]),
    ...(typeof constrain === "function"
      ? []
      : [`head.${name}.constrain is no function`]),
  ]);
}

function memberFaults(prior: Prior, width: number): string[] {
  const faults: string[] = [];
  if (!Number.isInteger(width) || width < 1) {
    faults.push(`latentWidth is ${width}, want a whole number above 0`);
  }
  if (!["explicit", "implicit"].includes(prior.reparameterization)) {
    faults.push(
      `reparameterization is "${prior.reparameterization}", want "explicit" or "implicit"`,
    );
  }
  const { support, densities } = prior;
  const joint = ["simplex", "sphere", "circle"].includes(support?.kind);
  const isInterval = support?.kind === "interval" &&
    support.lower < support.upper;
  if (!joint && !isInterval) {
    faults.push(
      `support is ${
        JSON.stringify(support)
      }, want one of core/vae/plugin/support.ts`,
    );
  }
  for (const part of ["posterior", "prior"] as const) {
    if (densities !== undefined && typeof densities[part] !== "function") {
      faults.push(`densities.${part} is no function`);
    }
  }
  return faults;
}
