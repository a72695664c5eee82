/**
 * What a stage sees of its run: what it declared, and nothing else.
 *
 * @module
 */

import type { Engine } from "../../engine/engine.ts";
import { UserError } from "../../errors.ts";
import type { RunPrior, Stage, StageContext, Use } from "../stage.ts";

/** What {@link stageContext} lends; null where the stage does not use it. */
export interface Lent extends
  Pick<
    StageContext,
    | "baseDirectory"
    | "directory"
    | "checkpoint"
    | "earlier"
    | "log"
    | "warn"
    | "note"
    | "progress"
    | "signal"
  > {
  readonly prior: RunPrior | null;
  readonly latentDim: number | null;
  readonly seed: number | null;
  readonly engine: Engine | null;
}

/** The context of `stage`, in which reading what it did not declare throws. */
export function stageContext(stage: Stage, lent: Lent): StageContext {
  const read = <T>(use: Use, value: T | null): T => {
    if (value !== null && stage.uses.includes(use)) return value;
    throw new UserError(
      `Stage "${stage.name}" reads "${use}" of its context, which it does not declare`,
      {
        hint:
          `Add "${use}" to its "uses": it becomes part of what the cache compares`,
      },
    );
  };
  return {
    baseDirectory: lent.baseDirectory,
    directory: lent.directory,
    checkpoint: lent.checkpoint,
    earlier: lent.earlier,
    log: lent.log,
    warn: lent.warn,
    note: lent.note,
    progress: lent.progress,
    signal: lent.signal,
    get prior() {
      return read("prior", lent.prior);
    },
    get latentDim() {
      return read("latentDim", lent.latentDim);
    },
    get seed() {
      return read("seed", lent.seed);
    },
    get engine() {
      return read("engine", lent.engine);
    },
  };
}
