/**
 * What a run asks of a prior before its first step: that each function works on
 * plausible values, and gives numbers, the same for the same seed. `check` asks
 * for more; this takes milliseconds.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { uniformStream } from "../../engine/random.ts";
import { deriveSeed } from "../../engine/seed.ts";
import { type Tensor, tf } from "../../engine/tf.ts";
import { ExplainedError, messageOf, UserError } from "../../lib/errors.ts";
import { placeIn, requireFinite } from "../plugin/finite.ts";
import { startOf } from "../plugin/guard.ts";
import { placeInFile } from "../../load/import_module.ts";
import type { Prior, PriorDefinition } from "../plugin/prior.ts";
import { createInstance, type Instance } from "./instance.ts";
import { arrayOf, stackRows, toTensor } from "./tensors.ts";

/** What a prior was built by, and for. */
export interface TrialOptions {
  /** As in the plugin: what has been tried is known by it. */
  readonly plugin: PriorDefinition;
  /** The same with functions that `guardPrior` holds to the contract. */
  readonly guarded: PriorDefinition;
  readonly options: Readonly<Record<string, unknown>>;
  readonly latentDim: number;
  readonly inputSize: number;
}

/** Few, and hardly ever the width of a latent vector, so that a batch that is mixed up with it shows. */
const ROWS = 7;
/** Draws from the prior. */
const DRAWS = 64;
const SEED = 1;

const tried = new WeakMap<PriorDefinition, Set<string>>();

/**
 * Tries all functions of a built prior on the engine that runs; once in a
 * process for the same plugin and options.
 *
 * @throws {UserError} that names plugin and member, says what was found and what
 * is wanted; and whatever the functions throw.
 */
export function tryPrior(prior: Prior, given: TrialOptions): void {
  const { plugin, guarded, options, latentDim, inputSize } = given;
  const key = JSON.stringify([options, latentDim, inputSize, tf.getBackend()]);
  const known = tried.get(plugin) ?? new Set();
  if (known.has(key)) return;
  const size = { options, latentDim, inputSize, seed: SEED };
  const first = createInstance({ ...guarded, create: () => prior }, size);
  // What another build may make of tensors goes with it.
  tf.tidy(() => {
    const second = createInstance(guarded, size);
    compareLearnt(first, second, plugin.name);
    const other = sitesOf(second);
    for (const [i, site] of sitesOf(first).entries()) {
      trySite(site, { plugin, other: other[i]! });
    }
  });
  tried.set(plugin, known.add(key));
}

interface Site {
  readonly member: string;
  /** Whether minus infinity is a number that it may give: the logarithm of nothing. */
  readonly log?: boolean;
  compute(): Tensor;
}

function sitesOf(instance: Instance): readonly Site[] {
  const { prior, units, densities } = instance;
  const uniform = uniformStream(deriveSeed(SEED, "raw"), 0);
  // What a network gives at its start.
  const rows = stackRows(Array.from(
    { length: ROWS },
    () => Array.from({ length: units }, () => 2 * uniform() - 1),
  ));
  const raw = () => toTensor(rows);
  const random = () => instance.random("trial");
  const latent = () => instance.sample(raw(), random());
  const draws = () => instance.priorSample(DRAWS, random());
  return [
    ...Object.keys(prior.head).map((name): Site => ({
      member: `head.${name}.constrain`,
      compute: () => instance.posterior(raw())[name]!,
    })),
    { member: "sample", compute: latent },
    { member: "klDivergence", compute: () => instance.kl(raw(), random()) },
    { member: "posteriorMean", compute: () => instance.mean(raw()) },
    { member: "priorSample", compute: draws },
    ...(densities === undefined ? [] : [{
      member: "densities.posterior",
      log: true,
      compute: () => densities.posterior(raw(), latent()),
    }, {
      member: "densities.prior",
      log: true,
      compute: () => densities.prior(draws()),
    }]),
  ];
}

function compareLearnt(first: Instance, other: Instance, name: string): void {
  for (const [parameter, { shape, data }] of Object.entries(first.learnt)) {
    requireSame(data, other.learnt[parameter]!.data, {
      start: startOf(name, `learnt.${parameter}.initial`),
      shape,
      again: "of another create",
    });
  }
}

function trySite(
  { member, log = false, compute }: Site,
  { plugin, other }: { readonly plugin: PriorDefinition; readonly other: Site },
): void {
  const start = startOf(plugin.name, member);
  const { values, shape } = explained(start, plugin, () => arrayOf(compute));
  requireFinite(values, { start, shape, log });
  requireSame(values, arrayOf(compute).values, {
    start,
    shape,
    again: "called again",
  });
  requireSame(values, arrayOf(other.compute).values, {
    start,
    shape,
    again: "of another create",
  });
}

/** What a function throws, with the line of the plugin where it did. */
function explained<T>(
  start: string,
  { module }: PriorDefinition,
  compute: () => T,
): T {
  // TensorFlow.js lies between, with more than ten calls.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 60;
  try {
    return compute();
  } catch (cause) {
    if (cause instanceof ExplainedError) throw cause;
    const place = placeInFile(cause, fileURLToPath(module));
    const message = messageOf(cause).replaceAll(/\s*\n\s*/g, " ");
    throw new UserError(`${start} throws: ${message}${place}`, { cause });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function requireSame(
  values: Float32Array,
  others: Float32Array,
  { start, shape, again }: {
    readonly start: string;
    readonly shape: readonly number[];
    readonly again: string;
  },
): void {
  const place = values.findIndex((value, i) => !Object.is(value, others[i]));
  if (place < 0) return;
  throw new UserError(
    `${start} gives ${values[place]} at [${
      placeIn(shape, place)
    }] and, ${again} with the same arguments and seed, ${
      others[place]
    }, want the same: a result could not be had again`,
    {
      hint:
        "Draw from the argument `random` alone, at each call anew: never Math.random, tf.randomNormal or tf.randomUniform; and keep no state between calls",
    },
  );
}
