/**
 * Kernels of scaled modified Bessel functions.
 *
 * @module
 */

import { callKernel } from "./call.ts";
import type { GeneralKernel } from "./definition.ts";
import {
  besselRatio,
  besselRatioSlope,
  logIv,
  logIvSlope,
} from "./formula/bessel.ts";
import { formulaKernel } from "./formula/kernel.ts";

/** LogIv and BesselRatio, differentiable in x; their slopes. */
export const BESSEL: readonly GeneralKernel[] = [
  formulaKernel({
    name: "LogIv",
    inputs: ["v", "x"],
    formula: logIv,
    derivatives: {
      x: ([v, x]) => callKernel("LogIvSlope", { v: v!, x: x! }),
    },
  }),
  formulaKernel({
    name: "LogIvSlope",
    inputs: ["v", "x"],
    formula: logIvSlope,
  }),
  formulaKernel({
    name: "BesselRatio",
    inputs: ["v", "x"],
    formula: besselRatio,
    derivatives: {
      x: ([v, x]) => callKernel("BesselRatioSlope", { v: v!, x: x! }),
    },
  }),
  formulaKernel({
    name: "BesselRatioSlope",
    inputs: ["v", "x"],
    formula: besselRatioSlope,
  }),
];
