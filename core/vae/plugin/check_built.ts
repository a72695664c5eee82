/**
 * Whether what a plugin's `create` gave is a prior: what a compiler would have
 * checked, for plugins that met none.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { checkParameters } from "./check_parameters.ts";
import type { Prior } from "./prior.ts";
import type { Support } from "./support.ts";

/**
 * Checks the parts of a built prior.
 *
 * @throws {UserError} naming the plugin and the part.
 */
export function checkBuiltPrior(prior: Prior, name: string): Prior {
  const start = `Cannot use prior "${name}"`;
  for (
    const part of [
      "sample",
      "klDivergence",
      "posteriorMean",
      "priorSample",
    ] as const
  ) {
    if (typeof prior[part] !== "function") {
      throw new UserError(`${start}: "create" gives no function "${part}"`, {
        hint: "Return it from create, in an object and at once: not async",
      });
    }
  }
  const { divergence, learnt = {}, latentWidth, densities } = prior;
  checkHead(prior.head, start);
  checkSupport(prior.support, start);
  if (latentWidth !== undefined && !isSize(latentWidth)) {
    throw new UserError(
      `${start}: its latentWidth is ${
        shown(latentWidth)
      }, want a whole number of at least 1`,
    );
  }
  for (const part of ["posterior", "prior"] as const) {
    if (densities === undefined || isFunction(densities[part])) continue;
    throw new UserError(
      `${start}: its densities have no function "${part}"`,
      { hint: "Leave out densities where there are none" },
    );
  }
  if (![undefined, "closed-form", "estimate"].includes(divergence)) {
    throw new UserError(
      `${start}: its divergence is ${
        JSON.stringify(divergence)
      }, want "closed-form" or "estimate"`,
    );
  }
  checkParameters(learnt, { start, what: "learnt parameter" });
  return prior;
}

function checkHead(head: unknown, start: string): void {
  if (typeof head !== "object" || head === null || "then" in head) {
    throw new UserError(
      `${start}: "head" gives ${
        head === null
          ? "null"
          : typeof head === "object"
          ? "a promise"
          : typeof head
      }, want parameters by name, each { units, constrain }`,
    );
  }
  for (const [name, parameter] of Object.entries(head)) {
    const { units, constrain } = Object(parameter);
    if (!isSize(units)) {
      throw new UserError(
        `${start}: parameter "${name}" of its head has ${
          shown(units)
        } units, want a whole number of at least 1`,
      );
    }
    if (!isFunction(constrain)) {
      throw new UserError(
        `${start}: parameter "${name}" of its head has no function "constrain"`,
        { hint: "A parameter on the whole line takes identity" },
      );
    }
  }
}

function checkSupport(support: Support | undefined, start: string): void {
  const isKnown = support?.kind === "interval"
    ? support.lower < support.upper
    : ["simplex", "sphere", "circle"].includes(support?.kind ?? "");
  if (isKnown) return;
  throw new UserError(
    `${start}: its support is ${
      shown(support)
    }, want real, positiveReal, unitInterval, interval(lower, upper), simplex, sphere or circle`,
  );
}

function isSize(value: unknown): boolean {
  return Number.isInteger(value) && value as number > 0;
}

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

/** JSON, but of numbers that it has no words for. */
function shown(value: unknown): string {
  return typeof value === "number"
    ? String(value)
    : JSON.stringify(value) ?? "undefined";
}
