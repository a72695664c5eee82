/**
 * Whether a value is a prior that this version of the core can use, said in the
 * author's terms.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { checkModule, checkSchema } from "../../pipeline/check_stage.ts";
import type { PriorDefinition, PriorPlugin, PriorReference } from "./prior.ts";

/** The version of the prior contract that this core speaks. */
const API_VERSION = 1;

/** Whether `value` is what `definePrior` gives. */
export function isPriorPlugin(value: unknown): value is PriorPlugin {
  return typeof value === "function" && isRecord(definitionOf(value));
}

/** Whether `value` is what calling a plugin gives. */
export function isPriorReference(value: unknown): value is PriorReference {
  return isRecord(value) && value.kind === "prior" &&
    isRecord(value.definition);
}

/**
 * Checks the parts of a definition that a compiler would have checked.
 *
 * @throws {UserError} naming the plugin and the part; `where` says where it
 * came from: a path, or `priors[2]`.
 */
export function checkPrior(
  definition: PriorDefinition,
  where: string,
): PriorDefinition {
  const name = definition.name;
  if (typeof name !== "string" || !/^[a-z][a-z0-9_-]*$/.test(name)) {
    throw new UserError(
      `Cannot use the prior of ${where}: its name is ${
        JSON.stringify(name)
      }, want lower-case letters, digits, "-" and "_"`,
    );
  }
  checkApiVersion(definition, where);
  const start = `Cannot use prior "${name}" (${where})`;
  if (typeof definition.version !== "string" || definition.version === "") {
    throw new UserError(
      `${start}: its version is ${
        JSON.stringify(definition.version)
      }, want a string such as "1.0.0"`,
    );
  }
  if (typeof definition.create !== "function") {
    throw new UserError(`${start}: it has no function "create"`);
  }
  checkSchema(definition.options, start);
  checkModule(definition.module, start);
  return definition;
}

function checkApiVersion(definition: PriorDefinition, where: string): void {
  const found: unknown = definition.apiVersion;
  if (found === API_VERSION) return;
  const newer = typeof found === "number" && found > API_VERSION;
  throw new UserError(
    `Cannot use prior "${definition.name}" (${where}): it is written for version ${
      JSON.stringify(found) ?? "nothing"
    } of the prior contract, this vae-priors speaks version ${API_VERSION}`,
    {
      hint: newer
        ? "Update vae-priors, or take an older release of the plugin"
        : `Update the plugin; its author sets apiVersion: ${API_VERSION} after reading plugins/README.md`,
    },
  );
}

function definitionOf(value: object): unknown {
  return (value as { definition?: unknown }).definition;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
