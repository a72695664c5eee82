/** The checks of priors. @module */

import { priorKind } from "../prior_axis.ts";
import type { PriorDefinition } from "../plugin/prior.ts";
import { CHECKS } from "./checks/mod.ts";
import type { Kit } from "./kit.ts";
import { createSubject, type Subject } from "./subject.ts";

/** What must hold for a prior. */
export const priorKit: Kit<PriorDefinition, Subject> = {
  kind: priorKind,
  checks: CHECKS,
  needed: ["contract", "shapes"],
  subject: createSubject,
};
