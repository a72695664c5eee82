/**
 * Says of an error which stage it is of.
 *
 * @module
 */

import {
  ExplainedError,
  messageOf,
  RepeatableError,
  RunError,
  UserError,
} from "../../lib/errors.ts";
import type { StageNode } from "../types.ts";

/** The error with stage and prior in front; the original is its cause. */
export function attribute(
  error: unknown,
  node: Pick<StageNode, "stage" | "title">,
): Error {
  const { name } = node.stage;
  const rest = node.title.slice(name.length + 1);
  const where = `Cannot run stage "${name}"${
    rest === "" ? "" : ` for ${rest}`
  }`;
  const message = `${where}: ${messageOf(error)}`;
  if (!(error instanceof ExplainedError)) {
    return new Error(message, { cause: error });
  }
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  const options = { ...hint, cause: error };
  const kind =
    [UserError, RepeatableError].find((one) => error instanceof one) ??
      RunError;
  return new kind(message, options);
}
