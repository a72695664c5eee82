/**
 * Whether a value is a stage that this version of the core can use, said in
 * the author's terms.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import type { Stage } from "./stage.ts";

/** A stage's name names folders and locks, with a key. */
const MAX_STAGE_NAME = 64;

/** Whether `value` is what `defineStage` gives. */
export function isStage(value: unknown): value is Stage {
  return isRecord(value) && value.kind === "stage";
}

/**
 * Checks the parts of a stage that a compiler would have checked.
 *
 * @throws {UserError} naming the stage and the part.
 */
export function checkStage(stage: Stage, where: string): Stage {
  if (typeof stage.name !== "string" || !/^[a-z][a-z0-9_]*$/.test(stage.name)) {
    throw new UserError(
      `Cannot use the stage of ${where}: its name is ${
        JSON.stringify(stage.name)
      }, want snake_case`,
    );
  }
  const start = `Cannot use stage "${stage.name}" (${where})`;
  if (stage.name.length > MAX_STAGE_NAME) {
    throw new UserError(
      `${start}: its name has ${stage.name.length} characters, want at most ${MAX_STAGE_NAME}`,
    );
  }
  if (!Number.isInteger(stage.version)) {
    throw new UserError(
      `${start}: its version is ${
        JSON.stringify(stage.version)
      }, want a whole number`,
    );
  }
  if (typeof stage.run !== "function") {
    throw new UserError(`${start}: it has no function "run"`);
  }
  for (const part of ["inputs", "outputs", "params"] as const) {
    if (!Array.isArray(stage[part])) {
      throw new UserError(`${start}: "${part}" is not a list`);
    }
  }
  checkSchema(stage.options, start);
  checkModule(stage.module, start);
  return stage;
}

/** @throws {UserError} where a plugin's options are no schema; `start` begins the message. */
export function checkSchema(schema: unknown, start: string): void {
  if (isRecord(schema) && schema.type === "strict_object") return;
  throw new UserError(
    `${start}: its options are not a schema, want v.strictObject({ ... })`,
  );
}

/** @throws {UserError} where a plugin's module is no file; `start` begins the message. */
export function checkModule(module: unknown, start: string): void {
  if (typeof module === "string" && module.startsWith("file:")) return;
  throw new UserError(
    `${start}: its module is ${
      JSON.stringify(module) ?? "nothing"
    }, want import.meta.url`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
