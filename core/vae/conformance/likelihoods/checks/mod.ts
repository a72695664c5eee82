/** Checks of likelihoods, in the order in which they run. @module */

import type { Check } from "../../check.ts";
import type { LikelihoodSubject } from "../subject.ts";
import { compiled } from "./compiled.ts";
import { contract, shapes } from "./contract.ts";
import { finite } from "./finite.ts";
import { gradient } from "./gradient.ts";
import { draws, mean, normalised } from "./law.ts";
import { drawsOfRows, rows } from "./rows.ts";
import { leaks, seeds } from "./seeds.ts";

/** Every check of a likelihood. */
export const LIKELIHOOD_CHECKS: readonly Check<LikelihoodSubject>[] = [
  contract,
  shapes,
  finite,
  seeds,
  rows,
  drawsOfRows,
  leaks,
  compiled,
  normalised,
  draws,
  mean,
  gradient,
];
