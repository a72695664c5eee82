/**
 * Priors with one thing wrong each, and the check that must find it.
 *
 * @module
 */

/** A prior with one thing wrong, and what is said of it. */
export interface Wrong {
  /** File in `wrong/`. */
  readonly name: string;
  /** The check that is for this. */
  readonly check: string;
  readonly says: RegExp;
}

/** The priors in `wrong/`, by name. */
export const WRONG: readonly Wrong[] = [
  {
    name: "branches_on_data",
    check: "rows",
    says: /^klDivergence: the result for an image changes with the others/,
  },
  {
    name: "clipped_draws",
    check: "posterior-draws",
    says: /^the distance of the distribution function of the posterior at/,
  },
  {
    name: "constant_in_create",
    check: "leaks",
    says: /^head or create make 1 tensors/,
  },
  {
    name: "density_for_mass",
    check: "kl-value",
    says: /^the KL in 50 dimensions at/,
  },
  {
    name: "detached_scale",
    check: "sample-gradient",
    says: /along scale\[\d\] at .* is 0, want/,
  },
  {
    name: "frozen_noise",
    check: "seeds",
    says:
      /^sample is the same with another seed; sample is the same at another/,
  },
  {
    name: "gives_a_promise",
    check: "shapes",
    says: /^sample gives a promise, want \[1,1\] \(B=1, D=1\)/,
  },
  {
    name: "kl_detached_term",
    check: "kl-gradient",
    says: /^the KL's gradient along scale\[\d\]/,
  },
  {
    name: "kl_wrong_sign",
    check: "kl-sign",
    says: /^the KL at raw .* is -\d/,
  },
  { name: "leak", check: "leaks", says: /^klDivergence keeps 1 tensors at/ },
  {
    name: "learns_nothing",
    check: "learnt",
    says: /^the KL does not depend on "location"/,
  },
  {
    name: "learnt_read_twice",
    check: "learnt",
    says: /^the gradient of "location" along a random direction is/,
  },
  {
    name: "learnt_too_short",
    check: "contract",
    says: /^Cannot start prior "learnt_too_short": the initial values of its/,
  },
  {
    name: "mean_over_coordinates",
    check: "kl-value",
    says: /^the KL in 3 dimensions at/,
  },
  {
    name: "mode_for_mean",
    check: "mean",
    says: /^coordinate \d of the posterior's mean at/,
  },
  {
    name: "module_of_another",
    check: "contract",
    says: /^module is .*_right\.ts, want .*module_of_another\.ts/,
  },
  {
    name: "nan_at_extreme",
    check: "finite",
    says: /klDivergence gives (NaN|-?Infinity) at raw mean=/,
  },
  {
    name: "no_gradient_in_constrain",
    check: "constrain",
    says: /^head\.scale\.constrain has no gradient/,
  },
  {
    name: "rate_for_scale",
    check: "posterior-draws",
    says: /posteriors? at raw concentration=/,
  },
  {
    name: "support_off_by_one",
    check: "support",
    says: /^a draw of .* outside of the interval from 1 to Infinity$/,
  },
  {
    name: "swapped_options",
    check: "prior-draws",
    says: /prior/,
  },
  {
    name: "swapped_parameters",
    check: "kl-value",
    says: /^the KL in 1 dimension at/,
  },
  {
    name: "unnormalised_density",
    check: "normalised",
    says: /^the integral of the .* is 2\.507, want 1/,
  },
  {
    name: "unseeded_draw",
    check: "seeds",
    says: /^priorSample differs from call to call with the same seed/,
  },
  {
    name: "variance_for_deviation",
    check: "posterior-draws",
    says: /posteriors? at raw mean=/,
  },
  {
    name: "warms_up_by_itself",
    check: "compiled",
    says: /^(klDivergence|the gradient) at step \d is/,
  },
  {
    name: "wrong_shape",
    check: "shapes",
    says: /^klDivergence gives \[1,1\], want \[1\] \(B=1, D=1\)/,
  },
];
