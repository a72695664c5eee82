/**
 * Whether a value is a plugin that this version of the core can use, said in
 * the author's terms.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { checkModule, checkSchema } from "../../pipeline/check_stage.ts";
import type { OptionsSchema } from "../../pipeline/stage.ts";
import type {
  Plugin,
  PluginDefinition,
  PluginKind,
  PluginReference,
} from "./kind.ts";

/** Whether `value` is a plugin of the kind. */
export function isPlugin<Definition extends PluginDefinition>(
  kind: PluginKind<Definition>,
  value: unknown,
): value is Plugin<OptionsSchema, Definition> {
  return typeof value === "function" && isOf(kind, value);
}

/** Whether `value` is what calling a plugin of the kind gives. */
export function isReference<Definition extends PluginDefinition>(
  kind: PluginKind<Definition>,
  value: unknown,
): value is PluginReference<Definition> {
  return typeof value === "object" && value !== null && isOf(kind, value);
}

/**
 * Checks the parts of a definition that a compiler would have checked.
 *
 * @throws {UserError} naming the plugin and the part; `where` says where it
 * came from: a path, or `priors[2]`.
 */
export function checkDefinition<Definition extends PluginDefinition>(
  kind: PluginKind<Definition>,
  definition: Definition,
  where: string,
): Definition {
  const { name } = definition;
  if (typeof name !== "string" || !/^[a-z][a-z0-9_-]*$/.test(name)) {
    throw new UserError(
      `Cannot use the ${kind.name} of ${where}: its name is ${
        JSON.stringify(name)
      }, want lower-case letters, digits, "-" and "_"`,
    );
  }
  checkApiVersion(kind, definition, where);
  const start = `Cannot use ${kind.name} "${name}" (${where})`;
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

function checkApiVersion(
  kind: PluginKind,
  definition: PluginDefinition,
  where: string,
): void {
  const found: unknown = definition.apiVersion;
  if (found === kind.apiVersion) return;
  const newer = typeof found === "number" && found > kind.apiVersion;
  throw new UserError(
    `Cannot use ${kind.name} "${definition.name}" (${where}): it is written for version ${
      JSON.stringify(found) ?? "nothing"
    } of the ${kind.name} contract, this vae-priors speaks version ${kind.apiVersion}`,
    {
      hint: newer
        ? "Update vae-priors, or take an older release of the plugin"
        : `Update the plugin; its author sets apiVersion: ${kind.apiVersion} after reading ${kind.folder}/README.md`,
    },
  );
}

function isOf({ name }: PluginKind, value: object): boolean {
  const { kind, definition } = value as Partial<Plugin>;
  return kind === name && typeof definition === "object" && definition !== null;
}
