/**
 * A prior whose functions are held to the contract wherever they are called: a
 * tensor, of this shape, of floats. Nothing is computed for it, so it costs
 * nothing in a compiled program, and elsewhere a comparison of a few numbers a
 * call. What no training calls is held to finite numbers, too; that the rest
 * gives such shows in the loss.
 *
 * @module
 */

import { isTraced, peek } from "../../engine/compile/peek.ts";
import type { Tensor, Tensor2D } from "../../engine/tf.ts";
import { checkTensor, type Sizes } from "./check_tensor.ts";
import { requireFinite } from "./finite.ts";
import type { Densities, ParameterHead, Posterior, Prior } from "./prior.ts";

/** What {@link guardPrior} must know of a prior. */
export interface GuardOptions {
  /** Of the plugin, for errors. */
  readonly name: string;
  readonly latentDim: number;
}

/**
 * The same prior, whose functions throw a `UserError` that names the plugin and
 * the member where what they give is not what the contract says.
 */
export function guardPrior(
  prior: Prior,
  { name, latentDim }: GuardOptions,
): Prior {
  const S = prior.latentWidth ?? latentDim;
  const check = <T extends Tensor>(member: string, given: T, wanted: Sizes) =>
    checkTensor(given, { start: startOf(name, member), wanted });
  const checkFinite = (member: string, given: Tensor2D, values: Numbers) => {
    const start = startOf(name, member);
    if (values !== null) requireFinite(values, { start, shape: given.shape });
    return given;
  };
  const { densities } = prior;
  return {
    ...prior,
    head: guardHead(prior.head, check),
    sample: (posterior, random) =>
      check("sample", prior.sample(posterior, random), {
        B: rowsOf(posterior),
        S,
      }),
    klDivergence: (posterior, scope) =>
      check("klDivergence", prior.klDivergence(posterior, scope), {
        B: rowsOf(posterior),
      }),
    posteriorMean: (posterior) => {
      const mean = check("posteriorMean", prior.posteriorMean(posterior), {
        B: rowsOf(posterior),
        S,
      });
      // An example that a program is traced with may be no image at all.
      const values = isTraced() ? null : peek(mean);
      return checkFinite("posteriorMean", mean, values);
    },
    priorSample: (count, random, scope) => {
      const drawn = check(
        "priorSample",
        prior.priorSample(count, random, scope),
        { count, S },
      );
      return checkFinite("priorSample", drawn, peek(drawn));
    },
    ...(densities === undefined
      ? {}
      : { densities: guardDensities(densities, check) }),
  };
}

/** `Cannot use prior "mine": sample`, with which an error about a member begins. */
export function startOf(name: string, member: string): string {
  return `Cannot use prior "${name}": ${member}`;
}

/** Values; null where they cannot be told. */
type Numbers = Float32Array | null;

type Check = <T extends Tensor>(member: string, given: T, wanted: Sizes) => T;

function guardHead(head: ParameterHead, check: Check): ParameterHead {
  return Object.fromEntries(
    Object.entries(head).map(([name, parameter]) => [name, {
      ...parameter,
      constrain: (raw) =>
        check(`head.${name}.constrain`, parameter.constrain(raw), {
          B: raw.shape[0],
          units: parameter.units,
        }),
    }]),
  );
}

function guardDensities(densities: Densities, check: Check): Densities {
  return {
    posterior: (posterior, latent) =>
      check("densities.posterior", densities.posterior(posterior, latent), {
        B: latent.shape[0],
      }),
    prior: (latent, scope) =>
      check("densities.prior", densities.prior(latent, scope), {
        B: latent.shape[0],
      }),
  };
}

function rowsOf(posterior: Posterior): number {
  return Object.values(posterior)[0]?.shape[0] ?? 0;
}
