/**
 * A Student-t prior in every latent coordinate, with a Student-t posterior of
 * the same degrees of freedom.
 *
 * Sampler: a normal draw over the root of a gamma draw, in log space; it moves
 * with location and scale alone, hence a transform of noise.
 *
 * KL, for nu degrees of freedom, with a = (m_q - m_p) / (s_p sqrt(nu)) and
 * c = s_q / s_p. With z = m_q + s_q sqrt(nu) tan(phi) the angle has a density
 * proportional to cos(phi)^(nu - 1), and the ratio of the two kernels is
 *
 *     (a cos(phi) + c sin(phi))^2 + cos(phi)^2 = |Q + P e^(2 i phi)|^2 / 4,
 *     P = a + i (1 - c),   Q = a + i (1 + c),   |P| < |Q|.
 *
 * The Fourier series of its logarithm meets E e^(2 i n phi) = k_n of Cauchy's
 * beta integral (Gradshteyn and Ryzhik 2007, 3.631.9), so that
 *
 *     KL = -log c + (nu + 1) / 2 (log(|Q|^2 / 4) + 2 Re S(P / Q)),
 *     S(r) = sum over n from 1 of (-1)^(n + 1) k_n r^n / n,
 *     k_n = product of (nu - 1 - 2 j) / (nu + 1 + 2 j) over j < n.
 *
 * For odd nu the sum ends with n = (nu - 1) / 2: there it is a closed form. For
 * nu = 1 it is empty, and this is the Cauchy's KL (Chyzak and Nielsen 2019).
 *
 * @module
 */

import {
  definePrior,
  identity,
  log1p,
  logBeta,
  positive,
  type Random,
  real,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tf,
  v,
} from "../core/mod.ts";
import { finiteNumber, positiveNumber } from "./_options.ts";

/**
 * The prior StudentT(degreesOfFreedom, location, scale). `scale` is no standard
 * deviation, which is sqrt(nu / (nu - 2)) times that for nu above 2, and
 * infinite for less.
 */
export default definePrior({
  name: "student_t",
  version: "1.0.0",
  apiVersion: 1,
  module: import.meta.url,
  description: "Student-t with a Student-t posterior as heavy in the tails",
  options: v.strictObject({
    degreesOfFreedom: v.optional(
      v.pipe(
        v.number(),
        v.minValue(1),
        v.maxValue(100),
        v.description(
          "of prior and posterior: 1 is a Cauchy, 100 nearly a Gaussian",
        ),
      ),
      5,
    ),
    location: finiteNumber("median of each coordinate", 0),
    scale: positiveNumber(
      "scale; for 5 degrees of freedom the deviation is 1.29 times that",
      1,
    ),
  }),
  label: ({ degreesOfFreedom, location, scale }) =>
    `StudentT(${degreesOfFreedom},${location},${scale})`,
  head: (_, { latentDim }) => ({
    location: { units: latentDim, constrain: identity },
    scale: { units: latentDim, constrain: positive() },
  }),
  create({ degreesOfFreedom: nu, ...prior }, { latentDim }) {
    const coefficients = seriesOf(nu);
    return {
      support: real,
      reparameterization: "explicit",
      sample: (posterior, random) =>
        draw(posterior, noise(posterior.location.shape, nu, random)),
      klDivergence({ location, scale }) {
        const a = tf.div(
          tf.sub(location, prior.location),
          prior.scale * Math.sqrt(nu),
        );
        const c = tf.div(scale, prior.scale);
        const kernels = logKernelRatio(a, c, coefficients);
        const terms = tf.sub(tf.mul((nu + 1) / 2, kernels), tf.log(c));
        return tf.sum(terms, 1);
      },
      // The mean for nu above 1; the Cauchy has none, and this is its median.
      posteriorMean: ({ location }) => location,
      priorSample: (count, random) =>
        draw(prior, noise([count, latentDim], nu, random)),
      densities: {
        posterior: (posterior, latent) => logDensity(posterior, nu, latent),
        prior: (latent) => logDensity(prior, nu, latent),
      },
    };
  },
});

type StudentT = Readonly<Record<"location" | "scale", Tensor | number>>;

function draw({ location, scale }: StudentT, standard: Tensor): Tensor2D {
  return tf.add(location, tf.mul(scale, standard)) as Tensor2D;
}

/** Draws of the standard Student-t: N(0, 1) / sqrt(chi-squared / nu). */
function noise(
  shape: readonly number[],
  nu: number,
  random: Random,
): Tensor {
  const logGamma = random.logGamma(tf.fill([...shape], nu / 2));
  const logRoot = tf.mul(0.5, tf.sub(logGamma, Math.log(nu / 2)));
  return tf.mul(random.normal(shape), tf.exp(tf.neg(logRoot)));
}

function logDensity(
  { location, scale }: StudentT,
  nu: number,
  latent: Tensor2D,
): Tensor1D {
  const standard = tf.div(tf.sub(latent, location), scale);
  const kernel = tf.mul(
    -(nu + 1) / 2,
    log1p(tf.div(tf.square(standard), nu)),
  );
  const normalizer = tf.add(logBeta(0.5, nu / 2), 0.5 * Math.log(nu));
  return tf.sum(tf.sub(kernel, tf.add(tf.log(scale), normalizer)), 1);
}

/** log(|Q|^2 / 4) + 2 Re S(P / Q), by Horner's rule in real and imaginary part. */
function logKernelRatio(
  a: Tensor,
  c: Tensor,
  coefficients: readonly number[],
): Tensor {
  const squareOfQ = tf.add(tf.square(a), tf.square(tf.add(1, c)));
  // P / Q = P conj(Q) / |Q|^2; 1 - c^2 in factors, exact where c is near 1.
  const product = tf.mul(tf.sub(1, c), tf.add(1, c));
  const real = tf.div(tf.add(tf.square(a), product), squareOfQ);
  const imaginary = tf.div(tf.mul(tf.mul(a, c), -2), squareOfQ);
  let [x, y] = [tf.zerosLike(a), tf.zerosLike(a)];
  for (const coefficient of coefficients.toReversed()) {
    [x, y] = [
      tf.sub(tf.mul(tf.add(x, coefficient), real), tf.mul(y, imaginary)),
      tf.add(tf.mul(tf.add(x, coefficient), imaginary), tf.mul(y, real)),
    ];
  }
  return tf.add(tf.log(tf.div(squareOfQ, 4)), tf.mul(2, x));
}

/**
 * Coefficients of r, r^2 ... in S(r), as many as tell 1e-8 nats, but at most
 * 64. Only 1 < nu < 3 would take more: there a posterior that is much narrower
 * than the prior, or far off, has an error of at most 1e-3 nats.
 */
function seriesOf(nu: number): number[] {
  const coefficients: number[] = [];
  let moment = 1;
  for (let n = 1; n <= 64; n++) {
    moment *= (nu + 1 - 2 * n) / (nu - 1 + 2 * n);
    if (Math.abs(moment) * (nu + 1) / n < 1e-8) break;
    coefficients.push((n % 2 === 1 ? moment : -moment) / n);
  }
  return coefficients;
}
