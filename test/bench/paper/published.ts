/**
 * Published test log-likelihoods of binary MNIST in nats an image, dynamic
 * binarisation, 500 importance samples, encoder 784-256-128, decoder mirrored:
 * Davidson, Falorsi, De Cao, Kipf and Tomczak 2018, "Hyperspherical variational
 * auto-encoders", table 1.
 *
 * @module
 */

/** A row of published figures. */
export interface PublishedRow {
  readonly label: string;
  /** The prior of ours that it is of. */
  readonly prior: string;
  /** Latent dimension to log-likelihood. */
  readonly logLikelihood: Readonly<Record<number, number>>;
}

/** What others have found. */
export const PUBLISHED: readonly PublishedRow[] = [
  {
    label: "N-VAE, published",
    prior: "Gaussian(0,1)",
    logLikelihood: {
      2: -135.73,
      5: -110.21,
      10: -93.84,
      20: -88.90,
      40: -88.93,
    },
  },
  {
    label: "S-VAE, published",
    prior: "VonMisesFisher",
    logLikelihood: {
      2: -132.50,
      5: -108.43,
      10: -93.16,
      20: -89.02,
      40: -90.87,
    },
  },
];
