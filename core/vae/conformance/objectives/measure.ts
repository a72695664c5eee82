/**
 * What an objective makes of the model of known likelihood.
 *
 * @module
 */

import { createProgram } from "../../../engine/program/create.ts";
import { withGradients } from "../../../engine/program/gradients.ts";
import type { Program } from "../../../engine/program/program.ts";
import { createRandom } from "../../../engine/random.ts";
import { type Scalar, type Tensor2D, tf } from "../../../engine/tf.ts";
import type { Objective } from "../../plugin/objective.ts";
import { PARAMETERS, type Point } from "./closed_form.ts";
import { linearModel } from "./linear_model.ts";

/** A batch of the model at one point. */
export interface Batch {
  readonly loss: number;
  /** `[B]` */
  readonly reconstruction: Float32Array;
  readonly kl: Float32Array;
  /** Gradient of the loss by each row's parameters, times B: `[B, 9]`. */
  readonly slopes: Float32Array;
}

/** An objective with the model, for batches of a size. */
export interface Measure {
  /** The batch of a step: another step, other draws. */
  at(point: Point, step: number): Batch;
  /** Why its steps are not compiled, where they should be. */
  readonly reason: string | undefined;
  /** Its loss alone. */
  lossAt(point: Point, step: number): number;
  dispose(): void;
}

/** Options of {@link createMeasure}. */
export interface MeasureOptions {
  readonly rows: number;
  readonly seed: number;
  /** Whether to compile where the engine can. Default true. */
  readonly compile?: boolean;
}

/** Prepares an objective to be measured, its rates as they are after all warm-up. */
export function createMeasure(
  objective: Objective,
  options: MeasureOptions,
): Measure {
  const [whole, alone] = [true, false].map((withSlopes) =>
    programOf(objective, { ...options, withSlopes })
  ) as [Program, Program];
  return {
    reason: whole.execution.reason,
    at: (point, step) => {
      const { loss, reconstruction, kl, slopes } = run(whole, point, step);
      return {
        loss: loss![0]!,
        reconstruction: reconstruction!,
        kl: kl!,
        slopes: slopes!,
      };
    },
    lossAt: (point, step) => run(alone, point, step)["loss"]![0]!,
    dispose: () => {
      whole.dispose();
      alone.dispose();
    },
  };
}

/** A step after every warm-up. */
const LATE = { step: 1e9, stepsPerEpoch: 1 };

function run(program: Program, point: Point, step: number) {
  return program.run({ point: Float32Array.from(point), step });
}

function programOf(
  objective: Objective,
  { rows, seed, compile = true, withSlopes }: MeasureOptions & {
    readonly withSlopes: boolean;
  },
): Program {
  const rates = () =>
    Object.fromEntries(
      Object.entries(objective.rates ?? {})
        .map(([name, rate]) => [name, tf.scalar(rate(LATE))] as const),
    );
  return createProgram({
    variables: {},
    inputs: {
      point: { shape: [PARAMETERS.length], dtype: "float32" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (_, { point, step }) => {
      const points = tf.tile(tf.expandDims(point!, 0), [rows, 1]) as Tensor2D;
      const terms = (points: Tensor2D) => {
        const random = createRandom({ seed, step: step as Scalar });
        return { ...objective.terms(linearModel(points, random), rates()) };
      };
      if (!withSlopes) return { loss: terms(points).loss };
      const { loss, reconstruction, kl, ...gradients } = withGradients(
        ({ points }) => terms(points as Tensor2D),
        { points },
        null,
      );
      return {
        loss: loss!,
        reconstruction: reconstruction!,
        kl: kl!,
        slopes: tf.mul(rows, gradients["gradient/points"]!),
      };
    },
  }, { compile });
}
