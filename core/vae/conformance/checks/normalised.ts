/** The check `normalised`: densities integrate to 1. @module */

import { type Check, compareAll, notApplicable } from "../check.ts";
import { integralOnGrid } from "../line_density.ts";
import { settledStudies, studyLine } from "../studies.ts";

/** Of the quadrature, with densities in single precision. */
const TOLERANCE = 1e-3;

/** exp(densities.posterior) and exp(densities.prior) have integral 1, by quadrature. */
export const normalised: Check = {
  name: "normalised",
  title: "Densities integrate to 1",
  run(subject) {
    const found = studyLine(subject);
    if (typeof found === "string") return notApplicable(found);
    const studies = settledStudies([...found.posteriors, found.prior]);
    return compareAll(
      studies.map(({ title, grid, log }) => ({
        what: `the integral of the ${title}`,
        found: integralOnGrid(grid, log),
        wanted: 1,
        allowed: TOLERANCE,
      })),
      {
        title: "integrals",
        hint:
          "Look for the normalising constant: one forgotten, of the wrong sign, or of the other parameterisation (rate for scale, variance for deviation)",
        otherwise:
          "all densities pile up at the ends of the support, beyond single precision",
      },
    );
  },
};
