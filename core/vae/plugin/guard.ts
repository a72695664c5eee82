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
import { type Tensor, type Tensor2D, tf } from "../../engine/tf.ts";
import { UserError } from "../../lib/errors.ts";
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

/**
 * What a function gave in place of a tensor: `a promise`, `nothing`; undefined
 * where it is one. Nobody will wait for the promise.
 */
export function kindIfNoTensor(value: unknown): string | undefined {
  if (value instanceof tf.Tensor) return undefined;
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`;
  if (typeof (value as { then?: unknown }).then === "function") {
    // What it may throw would end the process.
    Promise.resolve(value).catch(() => {});
    return PROMISE;
  }
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

const PROMISE = "a promise";

/** Sizes of a shape in their order, by the names that the contract has for them. */
type Sizes = Readonly<Record<string, number>>;

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

function checkTensor<T extends Tensor>(
  given: T,
  { start, wanted }: { readonly start: string; readonly wanted: Sizes },
): T {
  const sizes = Object.values(wanted);
  const shape = `[${sizes}]`;
  const kind = kindIfNoTensor(given);
  if (kind !== undefined) {
    throw new UserError(
      `${start} gives ${kind}, want a tensor of shape ${shape}`,
      {
        hint: kind === PROMISE
          ? "Leave out async and await: a function of a prior returns its tensor at once"
          : "Return a tensor of the tf that vae-priors exports",
      },
    );
  }
  if (given.isDisposed) {
    throw new UserError(`${start} gives a tensor that has been disposed of`, {
      hint: "Return it from tf.tidy, and dispose of nothing: the core does",
    });
  }
  const isShape = given.shape.length === sizes.length &&
    sizes.every((size, i) => size === given.shape[i]);
  if (!isShape) {
    const names = Object.keys(wanted);
    throw new UserError(
      `${start} gives shape [${given.shape}], want ${shape}, which is [${
        names.join(", ")
      }] with ${names.map((name) => `${name} = ${wanted[name]}`).join(", ")}`,
      {
        hint: sizes.length === 1
          ? "Sum over axis 1 and keep the batch: one number for each row"
          : "Take sizes from latentDim and from the arguments, never from a constant",
      },
    );
  }
  if (given.dtype !== "float32") {
    throw new UserError(`${start} gives ${given.dtype}, want float32`, {
      hint: 'Convert it: tf.cast(values, "float32")',
    });
  }
  return given;
}
