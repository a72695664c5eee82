/**
 * Priors of `plugins/` through the checks of `vae-priors check`, with fewer
 * draws. A file for each engine calls it, so that they run side by side.
 *
 * @module
 */

import { describe, it } from "vitest";
import type { EngineName } from "../../core/engine/engine.ts";
import { builtIns } from "../../core/vae/plugin/built_in.ts";
import { priorKind } from "../../core/vae/prior_axis.ts";
import { loadPlugin } from "../../core/vae/plugin/load.ts";
import { testPrior } from "../../core/testing.ts";
import { DRAW_SHARE } from "../vae/conformance/_draw_share.ts";

type Options = Readonly<Record<string, number | string>>;

const DEFAULTS: Options = {};

/**
 * By the prior's name, what the native engine checks in place of its defaults,
 * which wasm does; of the priors that all else is compared with, beside them.
 */
const NATIVE: Readonly<Record<string, readonly Options[]>> = {
  beta: [
    DEFAULTS,
    { alpha: 2, beta: 5 },
    { head: "moments", sampler: "inverse-cdf" },
  ],
  dirichlet: [{ concentration: 0.3 }],
  gamma: [DEFAULTS, { concentration: 0.3, rate: 0.3 }],
  gaussian: [
    DEFAULTS,
    { mean: 1, variance: 2 },
    { mean: 1, variance: 2, covariance: "full" },
  ],
  kumaraswamy: [{ prior: "beta", a: 0.5, b: 0.3 }],
  logistic: [{ location: 0.5, scale: 0.3 }],
  student_t: [{ degreesOfFreedom: 2 }],
  uniform: [{ lower: -2, upper: 3 }],
  von_mises: [{ concentration: 2, location: 0.7 }],
  weibull: [{ prior: "gamma", concentration: 0.3, scale: 2 }],
};

/** In place of defaults that take long; these are trained with elsewhere. */
const SMALLER: Readonly<Record<string, Options>> = {
  flow: { layers: 2, hidden: 16 },
  mixture: { components: 10 },
  vamp: { components: 10 },
};

/** Registers the tests of every prior. */
export async function testAllPriors(engine: EngineName): Promise<void> {
  for (const { name } of builtIns(priorKind)) {
    const one = [SMALLER[name] ?? DEFAULTS];
    const all = engine === "native" ? NATIVE[name] ?? one : one;
    for (const options of all) await testOnePrior(engine, name, options);
  }
}

/** Registers the tests of the prior of this name. */
export async function testOnePrior(
  engine: EngineName,
  name: string,
  options: Options = DEFAULTS,
): Promise<void> {
  const { url } = builtIns(priorKind).find((one) => one.name === name)!;
  await testPrior(await loadPlugin(priorKind, url), {
    describe,
    it,
    engine,
    options,
    drawShare: DRAW_SHARE,
  });
}
