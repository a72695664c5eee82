/**
 * The objective that is checked, and what several checks look at.
 *
 * @module
 */

import { guardObjective } from "../../plugin/guard_objective.ts";
import type { ResolvedObjective } from "../../plugin/objective.ts";
import type { Objective } from "../../plugin/objective.ts";
import type { SubjectOptions } from "../subject_options.ts";
import type { Point } from "./closed_form.ts";
import { type Batch, createMeasure, type Measure } from "./measure.ts";

/** An objective under examination. */
export interface ObjectiveSubject
  extends Pick<ResolvedObjective, "definition" | "options"> {
  /** URL of the module that it was loaded from, where it is known. */
  readonly url: string | undefined;
  readonly seed: number;
  /** How many batches to make where `check` makes `full`. */
  batches(full: number): number;
  /** Built, and held to its contract; with other options than its own. */
  build(options?: Readonly<Record<string, unknown>>): Objective;
  /** What `use` makes of measuring it, with options of its own or others. */
  measure<T>(
    use: (measure: Measure) => T,
    options?: Readonly<Record<string, unknown>>,
  ): T;
  /** Batches at a point, made once. */
  batchesAt(point: Point): readonly Batch[];
}

/** Rows of a batch; an even number, for the images take turns. */
const ROWS = 128;
/** Batches of which a mean is taken. */
const BATCHES = 64;

/** Prepares an objective to be checked. */
export function createObjectiveSubject(
  { definition, options }: Pick<ResolvedObjective, "definition" | "options">,
  { url, seed = 0, drawShare = 1 }: SubjectOptions,
): ObjectiveSubject {
  const known = new Map<Point, readonly Batch[]>();
  const batches = (full: number) => Math.max(32, Math.ceil(full * drawShare));
  const build = (given = options) =>
    guardObjective(definition.create(given), definition.name);
  const measure: ObjectiveSubject["measure"] = (use, given) => {
    const measure = createMeasure(build(given), { rows: ROWS, seed });
    try {
      return use(measure);
    } finally {
      measure.dispose();
    }
  };
  return {
    definition,
    options,
    url,
    seed,
    batches,
    build,
    measure,
    batchesAt: (point) => {
      const found = known.get(point) ?? measure((measure) =>
        Array.from(
          { length: batches(BATCHES) },
          (_, step) => measure.at(point, step),
        )
      );
      known.set(point, found);
      return found;
    },
  };
}
