/**
 * Loads stages and providers from their modules: for strings in a config, and
 * for workers, which know each by the URL of its module.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { UserError } from "../lib/errors.ts";
import { importModule } from "../load/import_module.ts";
import { checkStage, isStage } from "./check_stage.ts";
import type { Provider } from "./provider.ts";
import type { Stage } from "./stage.ts";

/**
 * Imports the stage whose module is at the file URL `moduleUrl`.
 *
 * @throws {UserError} with `cause` where the module cannot be imported or has
 * no stage as its default export.
 */
export async function loadStage(moduleUrl: string): Promise<Stage> {
  const path = fileURLToPath(moduleUrl);
  const { default: stage } = await importModule(moduleUrl, "stage");
  if (!isStage(stage)) {
    throw new UserError(
      `Cannot use "${path}" as a stage: its default export is ${
        kindOf(stage)
      }, want a stage made with defineStage`,
      { hint: "Write: export default defineStage({ ... })" },
    );
  }
  return checkStage(stage, path);
}

/** Imports the provider whose module is at the file URL `moduleUrl`. */
export async function loadProvider(moduleUrl: string): Promise<Provider> {
  const { default: provider } = await importModule(moduleUrl, "provider");
  return provider as Provider;
}

/** What a module gave in place of what was wanted, in a word. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  const kind = (value as { kind?: unknown }).kind;
  if (typeof kind === "string" && kind !== "") {
    return `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
  }
  if (typeof value === "object") return "an object";
  return `a ${typeof value}`;
}
