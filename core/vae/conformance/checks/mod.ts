/**
 * All checks, in the order in which they run: what others rest on comes first.
 *
 * @module
 */

import type { Check } from "../check.ts";
import { compiled } from "./compiled.ts";
import { constrain } from "./constrain.ts";
import { contract } from "./contract.ts";
import { finite } from "./finite.ts";
import { klGradient } from "./kl_gradient.ts";
import { klSign } from "./kl_sign.ts";
import { klValue } from "./kl_value.ts";
import { leaks } from "./leaks.ts";
import { learnt } from "./learnt.ts";
import { mean } from "./mean.ts";
import { normalised } from "./normalised.ts";
import { posteriorDraws } from "./posterior_draws.ts";
import { priorDraws } from "./prior_draws.ts";
import { rows } from "./rows.ts";
import { sampleGradient } from "./sample_gradient.ts";
import { seeds } from "./seeds.ts";
import { shapes } from "./shapes.ts";
import { support } from "./support.ts";

/** Every check of a prior. */
export const CHECKS: readonly Check[] = [
  contract,
  shapes,
  constrain,
  finite,
  support,
  seeds,
  rows,
  leaks,
  compiled,
  normalised,
  posteriorDraws,
  priorDraws,
  sampleGradient,
  mean,
  klSign,
  klValue,
  klGradient,
  learnt,
];
