/** Thrown to have the process start again from the sources. @module */

import { UserError } from "../lib/errors.ts";

/** A module cannot be imported beside the bundle; `launch` starts again without it. */
export class SourcesNeeded extends UserError {
  override name = "SourcesNeeded";
}
