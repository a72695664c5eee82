/**
 * What stages read from outside, as it enters their keys.
 *
 * @module
 */

import { messageOf, UserError } from "../../lib/errors.ts";
import type { Stage } from "../stage.ts";
import type { PlanInput } from "../types.ts";
import type { DigestFile } from "./file_digest.ts";

/** Digests by name, of a stage with its options. */
export type OutsideReader = (
  stage: Stage,
  options: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, string>>>;

/** Digests what stages read from outside, for the same options once. */
export function outsideReader(
  { baseDirectory }: Pick<PlanInput, "baseDirectory">,
  digest: DigestFile,
): OutsideReader {
  const known = new Map<unknown, Promise<Readonly<Record<string, string>>>>();
  const read = async (stage: Stage, options: unknown) => {
    try {
      return await stage.externalFiles!(options, { baseDirectory, digest });
    } catch (cause) {
      if (cause instanceof UserError) throw cause;
      throw new Error(
        `Cannot plan stage "${stage.name}": ${messageOf(cause)}`,
        { cause },
      );
    }
  };
  return async (stage, options) => {
    if (stage.externalFiles === undefined) return {};
    const found = known.get(options) ?? read(stage, options);
    known.set(options, found);
    return await found;
  };
}
