/** The check `posterior-draws`: `sample` draws from `densities.posterior`. @module */

import {
  type Check,
  compareAll,
  type Comparison,
  notApplicable,
} from "../check.ts";
import { compareExchange, type RatedDraws } from "../exchange.ts";
import { logPosteriors } from "../groups.ts";
import type { Instance } from "../instance.ts";
import {
  compareDistribution,
  NO_DENSITIES,
  settledStudies,
  studyLine,
} from "../studies.ts";
import { drawPosterior, jointDraws } from "../posterior_draws.ts";
import {
  describeRow,
  jointInstance,
  type RawRow,
  type Subject,
  variedRows,
} from "../subject.ts";
import type { Matrix } from "../tensors.ts";

const DRAWS = 20_000;
/** How far apart two posteriors are that exchange draws. */
const SHIFT = 0.1;

/** By distribution functions in one dimension, by exchange between neighbours in several. */
export const posteriorDraws: Check = {
  name: "posterior-draws",
  title: "Posterior draws fit its density",
  run(subject) {
    const instance = jointInstance(subject);
    if (instance.densities === undefined) return notApplicable(NO_DENSITIES);
    const line = studyLine(subject);
    const onLine = typeof line === "string"
      ? []
      : settledStudies(line.posteriors).map(compareDistribution);
    const joint = variedRows(instance, subject.seed)
      .flatMap((row, index) =>
        compareNeighbours(subject, instance, { row, index })
      );
    return compareAll([...onLine, ...joint], {
      title: "distribution functions, and exchange of draws",
      hint:
        "sample and densities.posterior are of two distributions: compare their parameters one by one (scale or rate, deviation or variance, order of two concentrations)",
      otherwise: "there is nothing to compare",
    });
  },
};

function compareNeighbours(
  subject: Subject,
  instance: Instance,
  { row, index }: { readonly row: RawRow; readonly index: number },
): Comparison[] {
  const other = row.map((value, i) => value + (i % 2 === 0 ? SHIFT : -SHIFT));
  const count = instance.draws(DRAWS);
  const rate = (draws: Matrix): RatedDraws => {
    const [here, there] = logPosteriors(instance, [row, other], draws);
    return { draws, logRatio: there!.map((log, i) => log - here![i]!) };
  };
  return compareExchange(
    rate(jointDraws(subject, instance, { row, index, full: DRAWS })),
    rate(drawPosterior(instance, other, { count, step: 300 + index })),
    {
      title: `neighbouring posteriors at ${describeRow(instance, row)}`,
      support: instance.prior.support,
    },
  );
}
