/**
 * Kernels of seeded draws: functions of a key (a constant of the call), the
 * step (a tensor) and, for gamma draws, the concentration.
 *
 * @module
 */

import { callKernel } from "./call.ts";
import type { GeneralKernel } from "./definition.ts";
import { gammaDraws, statelessDraws } from "./native_draws.ts";
import { normalDraws, seededLogGamma, uniformDraws } from "./scalar/draws.ts";
import { sizeOfShape } from "../../lib/tensor_shape.ts";

/** SeededNormal, SeededUniform and SeededLogGamma. */
export const DRAWS: readonly GeneralKernel[] = [
  {
    kind: "general",
    name: "SeededNormal",
    inputs: ["step"],
    native: (graph, [step], { key, shape }) =>
      statelessDraws(graph, "StatelessRandomNormalV2", {
        shape: shape as number[],
        key: key as number,
        step: step!,
      }),
    portable: ([step], { key, shape }) => ({
      shape: shape as number[],
      values: normalDraws(sizeOfShape(shape as number[]), [
        key as number,
        step!.values[0]!,
      ]),
    }),
  },
  {
    kind: "general",
    name: "SeededUniform",
    inputs: ["step"],
    native: (graph, [step], { key, shape }) => {
      const lattice = statelessDraws(graph, "StatelessRandomUniformV2", {
        shape: shape as number[],
        key: key as number,
        step: step!,
      });
      // TensorFlow draws multiples of 2^-23 from 0 up; their middles are exact.
      return graph.op("AddV2", lattice, graph.constant(2 ** -24, lattice));
    },
    portable: ([step], { key, shape }) => ({
      shape: shape as number[],
      values: uniformDraws(sizeOfShape(shape as number[]), [
        key as number,
        step!.values[0]!,
      ]),
    }),
  },
  {
    // For a < 1 a draw of Gamma(a + 1) times U^(1/a), in the logarithm, where
    // nothing underflows (Marsaglia and Tsang 2000, section 6). Its gradient is
    // the implicit one of log x itself: a function of the draw alone, hence the
    // conditional mean of the gradient through both factors, with less variance.
    kind: "general",
    name: "SeededLogGamma",
    inputs: ["concentration", "step"],
    native: (graph, [a, step], { key, boostKey }) => {
      const { shape } = a!;
      const small = graph.op("Less", a!, graph.constant(1, a!));
      const raised = graph.op("AddV2", a!, graph.cast(small, a!.dtype));
      const draw = gammaDraws(graph, raised, {
        key: key as number,
        step: step!,
      });
      const uniform = statelessDraws(graph, "StatelessRandomUniformV2", {
        shape,
        key: boostKey as number,
        step: step!,
      });
      const open = graph.op(
        "AddV2",
        uniform,
        graph.constant(2 ** -24, uniform),
      );
      const boost = graph.op("Div", graph.op("Log", open), a!);
      const zero = graph.op("ZerosLike", boost);
      return graph.op(
        "AddV2",
        graph.op("Log", draw),
        graph.select(small, boost, zero),
      );
    },
    portable: ([a, step], { key }) => ({
      shape: a!.shape,
      values: seededLogGamma(a!.values, [key as number, step!.values[0]!]),
    }),
    derivatives: {
      concentration: ([a, , logX]) =>
        callKernel("LogGammaSlope", { a: a!, logX: logX! }),
    },
  },
];
