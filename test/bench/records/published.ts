/**
 * Published negative log-likelihoods of binary MNIST in nats an image, dynamic
 * binarisation, by importance sampling with 5,000 draws, of models with one
 * layer of latents.
 *
 * @module
 */

/** A published figure. */
export interface PublishedRecord {
  /** Name of the config with ours: `vampprior`. */
  readonly config: string;
  /** Label of the trial of ours: `Gaussian(0,1)`. */
  readonly trial: string;
  readonly nll: number;
  /** Standard deviation over repeated trainings, where it is published. */
  readonly deviation?: number;
  readonly source: string;
}

const VAMP = "Tomczak and Welling 2018";
const IWAE = "Burda et al. 2016, table 1";

/** What others have found. */
export const PUBLISHED: readonly PublishedRecord[] = [
  {
    config: "vampprior",
    trial: "Gaussian(0,1)",
    nll: 84.45,
    deviation: 0.12,
    source: VAMP,
  },
  {
    config: "vampprior",
    trial: "VampPrior(500)",
    nll: 82.43,
    deviation: 0.06,
    source: VAMP,
  },
  { config: "iwae", trial: "Gaussian(0,1) ELBO", nll: 86.76, source: IWAE },
  { config: "iwae", trial: "Gaussian(0,1) IWAE(5)", nll: 85.54, source: IWAE },
  { config: "iwae", trial: "Gaussian(0,1) IWAE(50)", nll: 84.78, source: IWAE },
];
