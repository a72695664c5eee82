/**
 * JSON of a person's, whose faults are told with line and column.
 *
 * @module
 */

import { messageOf, UserError } from "../lib/errors.ts";
import { markReader } from "../load/marks.mjs";

/**
 * The value of JSON in the file at `path`.
 *
 * @throws {UserError} where it is none.
 */
export async function loadJson(
  path: string,
  content: string,
): Promise<unknown> {
  markReader()(path);
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new UserError(
      `Cannot read "${path}": ${await jsonFault(content, cause)}`,
      { cause },
    );
  }
}

/** The fault with line and column, which JSON.parse does not give on every version of Node. */
async function jsonFault(content: string, error: unknown): Promise<string> {
  const { transform } = await import("esbuild");
  try {
    await transform(content, { loader: "json", logLevel: "silent" });
  } catch (failure) {
    const fault = (failure as { errors?: readonly EsbuildFault[] }).errors?.[0];
    if (fault?.location != null) {
      const { line, column } = fault.location;
      return `${fault.text} at line ${line}, column ${column + 1}`;
    }
  }
  return messageOf(error);
}

interface EsbuildFault {
  readonly text: string;
  readonly location: { readonly line: number; readonly column: number } | null;
}
