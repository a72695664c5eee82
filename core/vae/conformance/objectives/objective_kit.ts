/** The checks of objectives. @module */

import { objectiveKind } from "../../objective_axis.ts";
import type { ObjectiveDefinition } from "../../plugin/objective.ts";
import type { Kit } from "../kit.ts";
import { OBJECTIVE_CHECKS } from "./checks/mod.ts";
import { createObjectiveSubject, type ObjectiveSubject } from "./subject.ts";

/** What must hold for an objective. */
export const objectiveKit: Kit<ObjectiveDefinition, ObjectiveSubject> = {
  kind: objectiveKind,
  checks: OBJECTIVE_CHECKS,
  needed: ["contract", "shapes"],
  subject: createObjectiveSubject,
};
