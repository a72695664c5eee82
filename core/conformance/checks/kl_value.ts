/** The check `kl-value`: `klDivergence` is the mean of log q - log p. @module */

import { plural } from "../../count.ts";
import {
  type Check,
  compareAll,
  type Comparison,
  notApplicable,
} from "../check.ts";
import { klAt } from "../closest.ts";
import type { Instance } from "../instance.ts";
import { drawKl, KL_DRAWS, klByQuadrature } from "../kl_by_density.ts";
import { SIGMAS } from "../statistics.ts";
import { NO_DENSITIES, settledStudies, studyLine } from "../studies.ts";
import {
  describeRow,
  jointInstance,
  type RawRow,
  variedRows,
} from "../subject.ts";

/** Of quadrature and single precision: nats, and relative to the KL. */
const ROUNDING = 2e-3;

/** By quadrature in one dimension, by Monte Carlo in several, at several posteriors. */
export const klValue: Check = {
  name: "kl-value",
  title: "KL against the densities",
  run(subject) {
    const instance = jointInstance(subject);
    if (instance.densities === undefined) return notApplicable(NO_DENSITIES);
    const line = studyLine(subject);
    const onLine = typeof line === "string"
      ? []
      : settledStudies(line.posteriors).map((study) =>
        comparison(line.instance, study.row, klByQuadrature(study))
      );
    const joint = variedRows(instance, subject.seed).flatMap((row, i) => {
      const drawn = drawKl(instance, row, 700 + i);
      return drawn === undefined
        ? []
        : [comparison(instance, row, drawn.kl.mean, drawn.kl.error)];
    });
    return compareAll([...onLine, ...joint], {
      title: "klDivergence against E[log q - log p]",
      hint:
        "Derive it anew term by term: sign, sum over all coordinates, which parameters are whose, rate or scale, variance or deviation",
      otherwise: "single precision cannot follow any of its posteriors",
    });
  },
};

function comparison(
  instance: Instance,
  row: RawRow,
  wanted: number,
  noise = 0,
): Comparison {
  const isEstimate = instance.prior.divergence === "estimate";
  const draws = isEstimate ? instance.draws(KL_DRAWS) : 1;
  const { kl, error } = klAt(instance, row, draws);
  return {
    what: `the KL in ${plural(instance.latentDim, "dimension")} at ${
      describeRow(instance, row)
    }`,
    found: kl,
    wanted,
    allowed: SIGMAS * Math.hypot(error, noise) +
      ROUNDING * (1 + Math.abs(wanted)),
  };
}
