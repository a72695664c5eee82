/**
 * The priors that come with vae-priors.
 *
 * @module
 */

export { default as beta } from "./beta.ts";
export { default as dirichlet } from "./dirichlet.ts";
export { default as flow } from "./flow.ts";
export { default as gamma } from "./gamma.ts";
export { default as gaussian } from "./gaussian.ts";
export { default as kumaraswamy } from "./kumaraswamy.ts";
export { default as laplace } from "./laplace.ts";
export { default as logNormal } from "./log_normal.ts";
export { default as logistic } from "./logistic.ts";
export { default as logisticNormal } from "./logistic_normal.ts";
export { default as mixture } from "./mixture.ts";
export { default as studentT } from "./student_t.ts";
export { default as uniform } from "./uniform.ts";
export { default as vamp } from "./vamp.ts";
export { default as vonMises } from "./von_mises.ts";
export { default as vonMisesFisher } from "./von_mises_fisher.ts";
export { default as weibull } from "./weibull.ts";
