/** All likelihoods of the project. @module */

export { default as bernoulli } from "./bernoulli.ts";
export { default as continuousBernoulli } from "./continuous_bernoulli.ts";
export { default as discretizedLogistic } from "./discretized_logistic.ts";
export { default as gaussian } from "./gaussian.ts";
