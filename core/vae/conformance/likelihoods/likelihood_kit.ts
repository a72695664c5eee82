/** The checks of likelihoods. @module */

import { likelihoodKind } from "../../likelihood_axis.ts";
import type { LikelihoodDefinition } from "../../plugin/likelihood.ts";
import type { Kit } from "../kit.ts";
import { LIKELIHOOD_CHECKS } from "./checks/mod.ts";
import { createLikelihoodSubject, type LikelihoodSubject } from "./subject.ts";

/** What must hold for a likelihood. */
export const likelihoodKit: Kit<LikelihoodDefinition, LikelihoodSubject> = {
  kind: likelihoodKind,
  checks: LIKELIHOOD_CHECKS,
  needed: ["contract", "shapes"],
  subject: createLikelihoodSubject,
};
