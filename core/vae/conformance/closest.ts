/**
 * The posterior nearest to the prior, by minimising the KL over raw head
 * outputs with Adam (Kingma and Ba 2015, algorithm 1).
 *
 * @module
 */

import { createProgram } from "../../engine/program/create.ts";
import type { ProgramSpec } from "../../engine/program/program.ts";
import { type Tensor2D, tf } from "../../engine/tf.ts";
import { groupsOf, repeatEach } from "./groups.ts";
import type { Instance } from "./instance.ts";
import { estimate } from "./statistics.ts";
import { type RawRow, type Subject, variedRows } from "./subject.ts";
import { gradientAt, toTensor, valuesOf } from "./tensors.ts";

/** A posterior and its KL, with a standard error where that is an estimate. */
export interface ClosestPosterior {
  readonly row: RawRow;
  readonly kl: number;
  readonly error: number;
}

const STEPS = 100;
const RATE = 0.2;
/** Draws of each posterior in a step, and of the best one at the end, where the KL is an estimate. */
const STEP_DRAWS = 64;
const LAST_DRAWS = 20_000;

/** The nearest posterior of `instance`, found once for all checks. */
export function closestPosterior(
  subject: Subject,
  instance: Instance,
): ClosestPosterior {
  return subject.once(`closest ${instance.latentDim}`, () => {
    const isEstimate = instance.prior.divergence === "estimate";
    const starts = variedRows(instance, subject.seed);
    const rows = minimise(instance, starts, isEstimate ? STEP_DRAWS : 1);
    const draws = isEstimate ? instance.draws(LAST_DRAWS) : 1;
    return klsAt(instance, rows, draws)
      .map((kl, i) => ({ row: rows[i]!, ...kl }))
      .reduce((a, b) => b.kl < a.kl ? b : a);
  });
}

/** The KL at each posterior; the mean of so many draws where it is an estimate. */
export function klsAt(
  instance: Instance,
  rows: readonly RawRow[],
  draws: number,
): readonly Omit<ClosestPosterior, "row">[] {
  return groupsOf(rows, draws).flatMap((group) => {
    const values = valuesOf(() =>
      instance.kl(toTensor(repeatEach(group, draws)), instance.random("kl"))
    );
    return group.map((_, i) => {
      const own = values.subarray(i * draws, (i + 1) * draws);
      const { mean, error } = estimate(own);
      return { kl: mean, error: draws === 1 ? 0 : error };
    });
  });
}

function minimise(
  instance: Instance,
  starts: readonly RawRow[],
  draws: number,
): readonly RawRow[] {
  const { units } = instance;
  const gradients = createProgram(
    gradientSpec(instance, starts.length * draws),
  );
  const point = Float64Array.from(starts.flat());
  const first = new Float64Array(point.length);
  const second = new Float64Array(point.length);
  for (let step = 1; step <= STEPS; step++) {
    const raw = repeated(point, { units, draws });
    const gradient = gradients.run({ raw, step })["slope"]!;
    // Falls to 0, so that it settles.
    const rate = RATE / 2 * (1 + Math.cos(Math.PI * step / STEPS));
    for (let i = 0; i < point.length; i++) {
      let slope = 0;
      const start = Math.floor(i / units) * units * draws + i % units;
      for (let n = 0; n < draws; n++) slope += gradient[start + n * units]!;
      slope /= draws;
      first[i] = 0.9 * first[i]! + 0.1 * slope;
      second[i] = 0.99 * second[i]! + 0.01 * slope ** 2;
      const mean = first[i]! / (1 - 0.9 ** step);
      const size = Math.sqrt(second[i]! / (1 - 0.99 ** step));
      point[i]! -= rate * mean / (size + 1e-8);
    }
  }
  gradients.dispose();
  return starts.map((_, i) => [...point.slice(i * units, (i + 1) * units)]);
}

/** The KL's gradient at so many posteriors, recorded once and replayed at each step. */
function gradientSpec(instance: Instance, rows: number): ProgramSpec {
  return {
    variables: {},
    inputs: {
      raw: { shape: [rows, instance.units], dtype: "float32" },
      step: { shape: [], dtype: "int32" },
    },
    compute: (_, { raw, step }) => {
      const slope = gradientAt(
        (raw) => instance.kl(raw, instance.random("closest", step)),
        raw as Tensor2D,
      );
      return { slope: slope ?? tf.zerosLike(raw!) };
    },
  };
}

/** Each row of `units` numbers `draws` times in a row. */
function repeated(
  point: Float64Array,
  { units, draws }: { readonly units: number; readonly draws: number },
): Float32Array {
  return Float32Array.from({ length: point.length * draws }, (_, i) => {
    const row = Math.floor(i / units / draws);
    return point[row * units + i % units]!;
  });
}
