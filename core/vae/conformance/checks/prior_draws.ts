/** The check `prior-draws`: `priorSample` draws from `densities.prior`. @module */

import { tf } from "../../../engine/tf.ts";
import {
  type Check,
  compareAll,
  type Comparison,
  notApplicable,
} from "../check.ts";
import { closestPosterior } from "../closest.ts";
import { compareExchange, type RatedDraws } from "../exchange.ts";
import {
  compareDistribution,
  NO_DENSITIES,
  settledStudies,
  studyLine,
} from "../studies.ts";
import { drawPosterior } from "../posterior_draws.ts";
import { jointInstance, type Subject } from "../subject.ts";
import { type Matrix, matrixOf, toTensor, valuesOf } from "../tensors.ts";

const DRAWS = 50_000;

/** By its distribution function in one dimension, by exchange with the nearest posterior in several. */
export const priorDraws: Check = {
  name: "prior-draws",
  title: "Prior draws fit its density",
  run(subject) {
    const instance = jointInstance(subject);
    if (instance.densities === undefined) return notApplicable(NO_DENSITIES);
    const line = studyLine(subject);
    const onLine = typeof line === "string"
      ? []
      : settledStudies([line.prior]).map(compareDistribution);
    return compareAll([...onLine, ...compareWithPosterior(subject)], {
      title: "distribution function, and exchange of draws",
      hint:
        "priorSample and densities.prior are of two distributions: compare the options that each uses, one by one",
      otherwise: "there is nothing to compare",
    });
  },
};

function compareWithPosterior(subject: Subject): Comparison[] {
  const instance = jointInstance(subject);
  const densities = instance.densities!;
  const count = instance.draws(DRAWS);
  const { row } = closestPosterior(subject, instance);
  const rate = (draws: Matrix): RatedDraws => ({
    draws,
    logRatio: valuesOf(() =>
      tf.sub(
        densities.prior(toTensor(draws)),
        densities.posteriorAt(row, toTensor(draws)),
      )
    ),
  });
  const fromPosterior = drawPosterior(instance, row, { count, step: 200 });
  const fromPrior = matrixOf(() =>
    instance.priorSample(count, instance.random("prior", 1))
  );
  return compareExchange(rate(fromPosterior), rate(fromPrior), {
    title: "the prior and the nearest posterior",
    support: instance.prior.support,
  });
}
