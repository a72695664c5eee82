/** All likelihoods of the project. @module */

export { default as bernoulli } from "./bernoulli.ts";
