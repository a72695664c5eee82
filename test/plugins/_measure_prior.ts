/**
 * Loads a prior that lies outside of the project, runs it on the cpu engine and
 * prints what came out as one line of JSON:
 *
 *     tsx _measure_prior.ts MODULE_URL
 *
 * In a process of its own, since the plugin's `import ... from "vae-priors"`
 * must go through the resolver, and not through the test runner.
 *
 * @module
 */

import { createRandom } from "../../core/engine/random.ts";
import { type Tensor2D, tf } from "../../core/engine/tf.ts";
import type { Posterior } from "../../core/vae/plugin/prior.ts";
import { loadPlugin } from "../../core/vae/plugin/load.ts";
import { priorKind } from "../../core/vae/prior_axis.ts";
import { registerResolver } from "../../core/load/resolver.ts";
import { useBackend } from "../engine/backends.ts";
import { meanOf } from "../engine/statistics.ts";
import { emptyScope, klScope } from "../vae/model/fake_scope.ts";

/** What is printed. */
export interface Measured {
  readonly units: Readonly<Record<string, number>>;
  /** By name of the function. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** The least value that `constrain` gives, by parameter. */
  readonly least: Readonly<Record<string, number>>;
  /** KL of the prior from itself. */
  readonly selfKl: readonly number[];
  /** KL in closed form and by Monte Carlo, at several posteriors. */
  readonly kl: readonly {
    readonly closed: number;
    readonly mean: number;
    readonly error: number;
  }[];
  /** Mean distance of the prior's draws from its location. */
  readonly priorDistance: { readonly mean: number; readonly error: number };
  /** d sum(z) / d location. */
  readonly gradient: readonly number[];
}

const OPTIONS = { location: 0.5, scale: 0.7 };
const POSTERIORS = [[0.5, 0.1], [-0.4, 0.7], [2, 0.3], [0, 2]] as const;
const LATENT_DIM = 2;
const COUNT = 20_000;

registerResolver();
await useBackend("cpu");
const { definition } = await loadPlugin(priorKind, process.argv[2]!);
const prior = definition.create(OPTIONS, {
  latentDim: LATENT_DIM,
  inputSize: 784,
});
const random = createRandom({ seed: 7, step: 0 });
const at = (location: number, scale: number, rows = 3) => ({
  location: tf.fill([rows, LATENT_DIM], location) as Tensor2D,
  scale: tf.fill([rows, LATENT_DIM], scale) as Tensor2D,
});
const posterior = at(0, 1);
const latent = prior.sample(posterior, random);
const raw = tf.fill([3, LATENT_DIM], -50) as Tensor2D;
const divergence = (at: Posterior) =>
  prior.klDivergence(at, klScope(prior.posteriorMean(at), random));
const heads = Object.entries(prior.head);

const measured: Measured = {
  units: Object.fromEntries(heads.map(([name, { units }]) => [name, units])),
  shapes: {
    sample: latent.shape,
    klDivergence: divergence(posterior).shape,
    posteriorMean: prior.posteriorMean(posterior).shape,
    priorSample: prior.priorSample(5, random, emptyScope).shape,
    "densities.posterior": prior.densities!.posterior(posterior, latent).shape,
    "densities.prior": prior.densities!.prior(latent, emptyScope).shape,
  },
  least: Object.fromEntries(
    heads.map(([name, { constrain }]) =>
      [name, constrain(raw).min().dataSync()[0]!] as const
    ),
  ),
  selfKl: [
    ...divergence(at(OPTIONS.location, OPTIONS.scale)).dataSync(),
  ],
  kl: POSTERIORS.map(([location, scale]) => {
    const many = at(location, scale, COUNT);
    const drawn = prior.sample(many, random);
    const ratio = tf.sub(
      prior.densities!.posterior(many, drawn),
      prior.densities!.prior(drawn, emptyScope),
    );
    const closed = divergence(at(location, scale, 1)).dataSync()[0]!;
    return { closed, ...meanOf(ratio.dataSync()) };
  }),
  priorDistance: meanOf(
    tf.abs(tf.sub(
      prior.priorSample(COUNT, random, emptyScope),
      OPTIONS.location,
    ))
      .dataSync(),
  ),
  gradient: [
    ...tf.grad((location) =>
      tf.sum(prior.sample(
        { ...posterior, location: location as Tensor2D },
        random,
      ))
    )(posterior.location).dataSync(),
  ],
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
