/**
 * A likelihood that is held to its contract: checked as it is built, and its
 * functions wherever they are called.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { quoteAll } from "../../lib/suggest.ts";
import { checkParameters } from "./check_parameters.ts";
import { checkTensor } from "./check_tensor.ts";
import type {
  Likelihood,
  PixelForm,
  PixelParameters,
  ResolvedLikelihood,
  TrialLikelihood,
} from "./likelihood.ts";

/** The likelihood as a stage has it: held to its contract. */
export function openLikelihood(plugin: ResolvedLikelihood): TrialLikelihood {
  const { definition, options } = plugin;
  return {
    ...plugin,
    build: (inputSize) =>
      guardLikelihood(definition.create(options, { inputSize }), {
        name: definition.name,
        inputSize,
      }),
  };
}

/** What {@link guardLikelihood} must know. */
export interface GuardLikelihood {
  /** Of the plugin, for errors. */
  readonly name: string;
  readonly inputSize: number;
}

const FORMS: readonly PixelForm[] = ["binary", "unit", "bytes"];

/**
 * The same likelihood, whose functions throw a `UserError` that names the plugin
 * and the member where what they give is not what the contract says.
 *
 * @throws {UserError} where a part is missing.
 */
export function guardLikelihood(
  likelihood: Likelihood,
  { name, inputSize: P }: GuardLikelihood,
): Likelihood {
  const start = `Cannot use likelihood "${name}"`;
  checkParts(likelihood, start);
  const { logProbOfDraws } = likelihood;
  return {
    ...likelihood,
    logProb: (parameters, images, scope) =>
      checkTensor(likelihood.logProb(parameters, images, scope), {
        start: `${start}: logProb`,
        wanted: { B: images.shape[0] },
      }),
    mean: (parameters, scope) =>
      checkTensor(likelihood.mean(parameters, scope), {
        start: `${start}: mean`,
        wanted: { B: rowsOf(parameters), P },
      }),
    sample: (parameters, random, scope) =>
      checkTensor(likelihood.sample(parameters, random, scope), {
        start: `${start}: sample`,
        wanted: { B: rowsOf(parameters), P },
      }),
    ...(logProbOfDraws === undefined ? {} : {
      logProbOfDraws: (parameters, images, scope) =>
        checkTensor(
          logProbOfDraws.call(likelihood, parameters, images, scope),
          {
            start: `${start}: logProbOfDraws`,
            wanted: {
              B: images.shape[0],
              K: rowsOf(parameters) / images.shape[0],
            },
          },
        ),
    }),
  };
}

function checkParts(likelihood: Likelihood, start: string): void {
  const { pixels, parameters, learnt = {} } = Object(likelihood) as Likelihood;
  for (const part of ["logProb", "mean", "sample"] as const) {
    if (typeof Object(likelihood)[part] !== "function") {
      throw new UserError(`${start}: "create" gives no function "${part}"`);
    }
  }
  if (!FORMS.includes(pixels)) {
    throw new UserError(
      `${start}: its pixels are ${JSON.stringify(pixels)}, want one of ${
        quoteAll(FORMS)
      }`,
    );
  }
  const isNamed = Array.isArray(parameters) && parameters.length > 0 &&
    parameters.every((one) => typeof one === "string") &&
    new Set(parameters).size === parameters.length;
  if (!isNamed) {
    throw new UserError(
      `${start}: its parameters are ${
        JSON.stringify(parameters)
      }, want names, each once and at least one`,
    );
  }
  checkParameters(learnt, { start, what: "learnt parameter" });
}

function rowsOf(parameters: PixelParameters): number {
  return Object.values(parameters)[0]?.shape[0] ?? 0;
}
